//! The one door from the window to the engine.

use hookbell_engine::{
    Hookbell,
    api::{self, ApiError},
};
use serde_json::Value;
use tauri::State;

/// Answers a command of the closed list in [`hookbell_engine::api`].
#[tauri::command]
pub(crate) async fn call(hookbell: State<'_, Hookbell>, command: String, request: Value) -> Result<Value, ApiError> {
    api::call(&hookbell, &command, request).await
}
