//! Crash logs: parsed for the window, and verbatim.

use hookbell_core::crash::ParsedReport;
use hookbell_store::{FileState, Role, StoredFile};

use super::Feedback;
use crate::{
    api::{ApiError, CrashLogPage, CrashLogRequest, CrashReply, ErrorCode, FeedbackIdRequest},
    desktop::blocking,
    text::first_upper,
};

const MAX_PAGE_LINES: u32 = 5_000;

impl Feedback {
    /// The crash report of a feedback, or why there is none.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the feedback doesn't exist or isn't a crash.
    pub async fn crash_report(&self, request: FeedbackIdRequest) -> Result<CrashReply, ApiError> {
        let file = self.log_file(&request.id).await?;
        if file.state != FileState::Kept {
            let trouble = file.reason.as_deref().map(first_upper);
            return Ok(CrashReply { state: file.state, report: None, trouble });
        }
        let log = self.read_log(&file).await?;
        let (report, trouble) = match blocking(move || ParsedReport::read(&log)).await? {
            Ok(report) => (Some(report.into()), None),
            Err(error) => (None, Some(first_upper(&error.to_string()))),
        };
        Ok(CrashReply { state: file.state, report, trouble })
    }

    /// A crash log verbatim, or some of its lines.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it isn't stored here.
    pub async fn crash_log(&self, request: CrashLogRequest) -> Result<CrashLogPage, ApiError> {
        let log = self.kept_log(&request.id).await?;
        let lines = u32::try_from(log.lines().count()).unwrap_or(u32::MAX);
        let bytes = log.len() as u64;
        if request.lines == 0 && request.from == 0 {
            return Ok(CrashLogPage { text: log, next: None, lines, bytes });
        }
        let most = if request.lines == 0 { u32::MAX } else { request.lines.clamp(1, MAX_PAGE_LINES) };
        let wanted: Vec<&str> = log.lines().skip(request.from as usize).take(most as usize).collect();
        let end = request.from.saturating_add(u32::try_from(wanted.len()).unwrap_or(u32::MAX));
        Ok(CrashLogPage { text: wanted.join("\n"), next: (end < lines).then_some(end), lines, bytes })
    }

    /// Copies a whole crash log.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it isn't stored here, or [`ErrorCode::Clipboard`].
    pub async fn copy_crash_log(&self, request: FeedbackIdRequest) -> Result<(), ApiError> {
        let log = self.kept_log(&request.id).await?;
        self.clipboard.copy(log).await
    }
}

impl Feedback {
    /// The log file of a crash, whether it is stored here or not.
    pub(super) async fn log_file(&self, feedback: &str) -> Result<StoredFile, ApiError> {
        let (_, files) = self.stored(feedback).await?;
        files
            .into_iter()
            .find(|file| file.role == Role::Log)
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "this feedback has no crash log", "choose a crash"))
    }

    /// The text of a log that is stored here.
    pub(crate) async fn kept_log(&self, feedback: &str) -> Result<String, ApiError> {
        let file = self.log_file(feedback).await?;
        self.read_log(&file).await
    }

    async fn read_log(&self, file: &StoredFile) -> Result<String, ApiError> {
        let bytes = self.read_file(file).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The bytes of a file that is stored here.
    pub(super) async fn read_file(&self, file: &StoredFile) -> Result<Vec<u8>, ApiError> {
        let name = file.name.as_deref().ok_or_else(|| {
            let why = file.reason.as_deref().map_or_else(|| "it was not fetched".to_owned(), str::to_owned);
            ApiError::new(ErrorCode::NotFound, format!("the file is not available: {why}"), "fetch it again")
        })?;
        let path = self.folder.file(name);
        tokio::fs::read(&path).await.map_err(|error| {
            let message = format!("could not read {}: {error}", path.display());
            ApiError::new(ErrorCode::NotFound, message, "fetch it again")
        })
    }
}
