//! The macOS application menu, with the shortcuts of every Mac app.
//!
//! They work even while the menu bar is hidden because the app isn't in the Dock: without *Edit*, fields wouldn't
//! support ⌘C and ⌘V. Hookbell's own items are those of the tray menu.

use tauri::{
    AppHandle, Wry,
    menu::{AboutMetadata, HELP_SUBMENU_ID, Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder, WINDOW_SUBMENU_ID},
};

use crate::tray::Item;

/// Builds the menu.
pub(crate) fn create(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let about = AboutMetadata {
        name: Some("Hookbell".to_owned()),
        version: Some(app.package_info().version.to_string()),
        copyright: app.config().bundle.copyright.clone(),
        ..AboutMetadata::default()
    };
    let own =
        |item: Item, text: &str, keys: &str| MenuItemBuilder::with_id(item.id(), text).accelerator(keys).build(app);
    let hookbell = SubmenuBuilder::new(app, "Hookbell")
        .about(Some(about))
        .separator()
        .item(&own(Item::Settings, "Settings…", "Cmd+,")?)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .item(&own(Item::Quit, "Quit Hookbell", "Cmd+Q")?)
        .build()?;
    let file = SubmenuBuilder::new(app, "File").close_window().build()?;
    let edit = SubmenuBuilder::new(app, "Edit").undo().redo().separator().cut().copy().paste().select_all().build()?;
    let view = SubmenuBuilder::new(app, "View").fullscreen().build()?;
    let window = SubmenuBuilder::with_id(app, WINDOW_SUBMENU_ID, "Window").minimize().maximize().build()?;
    let help = SubmenuBuilder::with_id(app, HELP_SUBMENU_ID, "Help").build()?;
    MenuBuilder::new(app).items(&[&hookbell, &file, &edit, &view, &window, &help]).build()
}
