//! A person's actions in the window: finding things by role and name, reading, clicking and typing.

use fantoccini::{
    elements::{Element, ElementRef},
    error::{CmdError, ErrorStatus},
    key::Key,
};
use serde_json::{Value, json};

use super::Session;
use crate::{
    Error,
    wait::{self, SOON},
};

/// The key of an element reference in the WebDriver standard (<https://www.w3.org/TR/webdriver2/#elements>).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const TWO_FRAMES: &str = "const done = arguments[0]
requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";

impl Session {
    /// Waits for an element with this ARIA role and accessible name. A partial match is enough; an exact one is
    /// preferred.
    ///
    /// # Errors
    /// [`Error::Late`] with the names of the elements that have the role.
    pub async fn find(&self, role: &str, name: &str) -> Result<Element, Error> {
        wait::eventually_or_say(SOON, format!("the {role} {name:?}"), async || {
            let (found, names) = self.look_for(role, Some(name)).await.map_err(|error| error.to_string())?;
            found.ok_or_else(|| format!("there are only {names:?}"))
        })
        .await
    }

    /// Waits until no element has this role and name.
    ///
    /// # Errors
    /// [`Error::Late`] if one stays.
    pub async fn find_none(&self, role: &str, name: &str) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("no {role} {name:?}"), async || {
            let (found, names) = self.look_for(role, Some(name)).await.map_err(|error| error.to_string())?;
            if found.is_none() { Ok(()) } else { Err(format!("there are {names:?}")) }
        })
        .await
    }

    /// The accessible names of all visible elements with this role, in document order.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if the window is gone.
    pub async fn names(&self, role: &str) -> Result<Vec<String>, Error> {
        Ok(self.look_for(role, None).await?.1)
    }

    /// Clicks an element once it is clickable: during an action its button is disabled, and a click fails if the
    /// element moves or is redrawn at that moment.
    ///
    /// # Errors
    /// As [`Session::find`], also if it stays disabled or covered.
    pub async fn click(&self, role: &str, name: &str) -> Result<(), Error> {
        self.act(role, name, async |element| element.click().await).await
    }

    /// Types into a field, replacing its content.
    ///
    /// # Errors
    /// As [`Session::click`].
    pub async fn fill(&self, role: &str, name: &str, text: &str) -> Result<(), Error> {
        self.act(role, name, async |field| {
            field.click().await?;
            field.send_keys(&(Key::Control + "a")).await?;
            field.send_keys(text).await
        })
        .await
    }

    /// Pastes into a field, replacing its content, and returns the new content.
    ///
    /// # Errors
    /// As [`Session::click`], and [`Error::Late`] if the clipboard yields nothing.
    pub async fn paste(&self, role: &str, name: &str) -> Result<String, Error> {
        self.act(role, name, async |field| {
            field.click().await?;
            field.send_keys(&(Key::Control + "a")).await?;
            field.send_keys(&(Key::Control + "v")).await
        })
        .await?;
        let field = self.find(role, name).await?;
        wait::eventually_or_say(SOON, format!("a text pasted into {name:?}"), async || {
            match field.prop("value").await {
                Ok(Some(text)) if !text.is_empty() => Ok(text),
                Ok(_) => Err("it is empty".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        })
        .await
    }

    /// All visible text of the page.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if the window is gone.
    pub async fn text(&self) -> Result<String, Error> {
        self.text_of("document.body.innerText").await
    }

    /// The whole current page, including hidden content and the values of fields.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if the window is gone.
    pub async fn everything(&self) -> Result<String, Error> {
        let fields = "[...document.querySelectorAll('input, textarea')].map((field) => field.value)";
        let stores = "JSON.stringify([localStorage, sessionStorage])";
        self.text_of(&format!("[document.documentElement.outerHTML, ...{fields}, {stores}].join('\\n')")).await
    }

    /// Waits until the page shows this text.
    ///
    /// # Errors
    /// [`Error::Late`] with the page's text.
    pub async fn wait_for_text(&self, text: &str) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("the text {text:?}"), async || {
            let shown = self.text().await.map_err(|error| error.to_string())?;
            if shown.contains(text) { Ok(()) } else { Err(format!("the page shows: {shown}")) }
        })
        .await
    }

    /// A picture of the page, as PNG. Without the wait, the driver might return a frame from before the last change.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if the window is gone.
    pub async fn screenshot(&self) -> Result<Vec<u8>, Error> {
        self.client.execute_async(TWO_FRAMES, Vec::new()).await?;
        Ok(self.client.screenshot().await?)
    }

    /// Waits until an element is enabled: during an action its button is disabled.
    ///
    /// # Errors
    /// As [`Session::find`].
    pub async fn find_enabled(&self, role: &str, name: &str) -> Result<(), Error> {
        self.act(role, name, async |_| Ok(())).await
    }

    /// Acts on an element, and again if the page moved it away meanwhile, as a person would.
    async fn act(
        &self,
        role: &str,
        name: &str,
        act: impl AsyncFn(Element) -> Result<(), CmdError>,
    ) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("the {role} {name:?} to be used"), async || {
            let (found, names) = self.look_for(role, Some(name)).await.map_err(|error| error.to_string())?;
            let element = found.ok_or_else(|| format!("there are only {names:?}"))?;
            if !element.is_enabled().await.map_err(|error| error.to_string())? {
                return Err("it is greyed out".to_owned());
            }
            match act(element).await {
                Err(error) if page_moved(&error) => Err(Error::from(error).to_string()),
                done => Ok(done.map_err(Error::from)),
            }
        })
        .await?
    }

    async fn look_for(&self, role: &str, name: Option<&str>) -> Result<(Option<Element>, Vec<String>), Error> {
        let script = include_str!("find_by_role.js");
        let answer = self.client.execute(script, vec![json!(role), json!(name)]).await?;
        let Some(names) = answer["names"].as_array() else { return Err(Error::Page(answer)) };
        let names = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let found = answer["found"][ELEMENT]
            .as_str()
            .map(|reference| Element::from_element_id(self.client.clone(), ElementRef::from(reference.to_owned())));
        Ok((found, names))
    }

    /// Runs a script in the page and returns its result.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if it throws, or the window is gone.
    pub async fn run(&self, script: &str) -> Result<Value, Error> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Runs a script that calls its last argument with its final result.
    ///
    /// # Errors
    /// As [`Session::run`], and if it takes longer than the driver waits (30 s).
    pub async fn run_to_its_end(&self, script: &str) -> Result<Value, Error> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    async fn text_of(&self, expression: &str) -> Result<String, Error> {
        match self.client.execute(&format!("return {expression}"), Vec::new()).await? {
            Value::String(text) => Ok(text),
            other => Err(Error::Page(other)),
        }
    }
}

/// Whether a command had no effect because the page was redrawn between finding and acting.
fn page_moved(error: &CmdError) -> bool {
    let CmdError::Standard(refused) = error else { return false };
    matches!(
        refused.error,
        ErrorStatus::ElementClickIntercepted
            | ErrorStatus::ElementNotInteractable
            | ErrorStatus::NoSuchElement
            | ErrorStatus::StaleElementReference
    )
}
