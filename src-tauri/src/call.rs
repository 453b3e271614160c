//! The window's only entry point to the engines.

use hookbell_demo::Engines;
use hookbell_engine::api::ApiError;
use serde_json::Value;
use tauri::State;

/// Answers a command from the closed list of the demo or the engine.
#[tauri::command]
pub(crate) async fn call(engines: State<'_, Engines>, command: String, request: Value) -> Result<Value, ApiError> {
    hookbell_demo::call(&engines, &command, request).await
}
