//! A minimal Tauri app: a tray icon and an empty page. The benchmark alternates between it and Hookbell, to separate
//! Hookbell's own cost from that of any such app.

use tauri::{
    RunEvent, WebviewUrl, WebviewWindowBuilder, include_image,
    menu::{Menu, MenuItem},
    tray::TrayIconBuilder,
};

fn main() -> tauri::Result<()> {
    let hidden = std::env::args().any(|argument| argument == "--hidden");
    let app = tauri::Builder::default()
        .setup(move |app| {
            let quit = MenuItem::with_id(app, "quit", "Quit Hookbell", true, None::<&str>)?;
            TrayIconBuilder::new()
                .icon(include_image!("icons/tray/panel/idle.png"))
                .menu(&Menu::with_items(app, &[&quit])?)
                .on_menu_event(|app, _| app.exit(0))
                .build(app)?;
            if !hidden {
                WebviewWindowBuilder::new(app, "main", WebviewUrl::default()).inner_size(1180.0, 760.0).build()?;
            }
            Ok(())
        })
        .build(tauri::generate_context!("examples/bare/tauri.conf.json"))?;
    app.run(|_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}
