//! Names that scripts and rules use: group names, and the implicit locale.

use hookbell_core::words::one_line;

use super::{Distributions, app_id, build_id};
use crate::{account::explain, api::ApiError};

/// The locale of a build that has none yet, if its app doesn't specify one.
const USUAL_LOCALE: &str = "en-US";

impl Distributions {
    /// Resolves group names or ids to ids. Case-insensitive.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `group` for a name that no group has or several have; an App Store
    /// Connect or keychain error.
    pub async fn groups_named(
        &self,
        account: Option<&str>,
        app: &str,
        names: &[String],
    ) -> Result<Vec<String>, ApiError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let access = self.accounts.access(account).await?;
        let groups = self.facts_before(&access, &app_id(app)?).await?.groups;
        let mut ids = Vec::new();
        for name in names {
            let shown = one_line(name, 60);
            let is_it = |group: &&crate::api::BuildGroup| {
                group.id == name.trim() || group.name.trim().to_lowercase() == name.trim().to_lowercase()
            };
            let found: Vec<_> = groups.iter().filter(is_it).collect();
            match found.as_slice() {
                [one] if ids.contains(&one.id) => {}
                [one] => ids.push(one.id.clone()),
                [] => {
                    let all: Vec<_> = groups.iter().map(|group| one_line(&group.name, 60)).collect();
                    let hint =
                        format!("the app has {}", if all.is_empty() { "no groups".to_owned() } else { all.join(", ") });
                    return Err(ApiError::field("group", format!("there is no group “{shown}”"), hint));
                }
                _ => {
                    let message = format!("several groups are called “{shown}”");
                    return Err(ApiError::field("group", message, "use its id instead"));
                }
            }
        }
        Ok(ids)
    }

    /// The locale of a build's first text, or its app's primary locale. A build that doesn't exist yet has no text.
    ///
    /// # Errors
    /// An App Store Connect or keychain error.
    pub async fn first_locale(
        &self,
        account: Option<&str>,
        app: &str,
        build: Option<&str>,
    ) -> Result<String, ApiError> {
        let client = self.accounts.access(account).await?.client;
        if let Some(build) = build {
            let texts = client.beta_build_localizations().of_build(&build_id(build)?).all().await.map_err(explain)?;
            if let Some(locale) = texts.into_iter().find_map(|text| text.locale) {
                return Ok(locale);
            }
        }
        let apps = client.apps().list().all().await.map_err(explain)?;
        let own = apps.into_iter().find(|one| one.id.as_str() == app).and_then(|one| one.primary_locale);
        Ok(own.unwrap_or_else(|| USUAL_LOCALE.to_owned()))
    }
}
