//! `hookbell views`: named filters of events, the same as in the window's sidebar.

use hookbell_engine::{
    Hookbell,
    api::{ApiError, ErrorCode, SaveViewRequest, SavedView, ViewRequest},
};

use super::managing;
use crate::{
    arguments::views::{DeleteViewArguments, SaveViewArguments, ViewsCommand},
    error::CliError,
    layout::Page,
    output::Output,
};

pub(crate) async fn run(command: ViewsCommand) -> Result<(), CliError> {
    match command {
        ViewsCommand::List(plain) => {
            let views = managing(&plain.place, async |hookbell: &Hookbell| Ok(hookbell.views().list().await?)).await?;
            Output::from(&plain.output).document(&views, |views, page| match views.is_empty() {
                true => page.line("No views yet. Save one with: hookbell views save NAME"),
                false => views.iter().for_each(|view| lay_out(view, page)),
            })
        }
        ViewsCommand::Save(arguments) => save(arguments).await,
        ViewsCommand::Delete(DeleteViewArguments { name, plain }) => {
            let deleted = managing(&plain.place, async |hookbell: &Hookbell| {
                let view = hookbell.views().named(&name).await.map_err(CliError::Filter)?;
                hookbell.views().delete(ViewRequest { id: view.id }).await?;
                Ok(view)
            });
            Output::from(&plain.output)
                .document(&deleted.await?, |view, page| page.line(&format!("Deleted the view “{}”.", view.name)))
        }
    }
}

async fn save(SaveViewArguments { name, filter, plain }: SaveViewArguments) -> Result<(), CliError> {
    let saved = managing(&plain.place, async |hookbell: &Hookbell| {
        let filter = filter.filter();
        hookbell.events().check(&filter).await.map_err(CliError::Filter)?;
        let views = hookbell.views().list().await?;
        let same = views.iter().find(|view| view.name.to_lowercase() == name.trim().to_lowercase());
        let request = SaveViewRequest { id: same.map(|view| view.id), name, filter };
        hookbell.views().save(request).await.map_err(refused)
    });
    Output::from(&plain.output).document(&saved.await?, lay_out)
}

fn refused(error: ApiError) -> CliError {
    if error.code == ErrorCode::InvalidInput { CliError::Filter(error) } else { CliError::Engine(error) }
}

fn lay_out(view: &SavedView, page: &mut Page) {
    let count = match view.unread {
        0 => String::new(),
        unread => format!("{unread} unread"),
    };
    page.table(&[[view.name.clone(), view.trouble.clone().unwrap_or(count)]]);
}
