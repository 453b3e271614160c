//! Why a demo could not be opened, as a command's error.

use hookbell_engine::api::{ApiError, ErrorCode};
use hookbell_sim::SimulatorError;

pub(crate) fn not_simulated(error: &SimulatorError) -> ApiError {
    match error {
        SimulatorError::File { .. } | SimulatorError::State { .. } => unwritable(error),
        _ => unmade(error),
    }
}

pub(crate) fn unwritable(error: &dyn std::error::Error) -> ApiError {
    let hint = "check that the disk has space and that the data directory is writable";
    ApiError::new(ErrorCode::StoreUnwritable, format!("the demo can’t be saved: {error}"), hint)
}

pub(crate) fn unmade(error: &dyn std::error::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, format!("the demo couldn’t be created: {error}"), "try again")
}
