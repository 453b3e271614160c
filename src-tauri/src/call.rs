//! The one door from the window to the engines.

use hookbell_demo::Engines;
use hookbell_engine::api::ApiError;
use serde_json::Value;
use tauri::State;

/// Answers a command of the demo's or of the engine's closed list.
#[tauri::command]
pub(crate) async fn call(engines: State<'_, Engines>, command: String, request: Value) -> Result<Value, ApiError> {
    hookbell_demo::call(&engines, &command, request).await
}
