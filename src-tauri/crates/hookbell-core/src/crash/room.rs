//! Limits how much of a log is kept, so that the answer is never much larger than the log.
//!
//! A frame takes a few characters in a log but a whole record in an answer, and in JSON each one repeats its binary's
//! name. So the calls of all threads share one limit on their number and one on their bytes. The two backtraces that
//! matter, the exception's and the crashed thread's, use a reserve first, wherever they are in the log.

use super::{FRAMES_MAX, FRAMES_TOTAL_MAX, Frame, Image, TEXT_TOTAL_MAX};

/// What is left for the rest of a log.
#[derive(Debug)]
pub(super) struct Room {
    common: Budget,
    reserve: Budget,
    /// Whether something was left out.
    pub(super) cut: bool,
}

#[derive(Debug)]
struct Budget {
    frames: usize,
    bytes: usize,
}

impl Budget {
    fn take(&mut self, frames: usize, bytes: usize) -> bool {
        let fits = self.frames >= frames && self.bytes >= bytes;
        if fits {
            self.frames -= frames;
            self.bytes -= bytes;
        }
        fits
    }
}

impl Room {
    pub(super) const fn new() -> Self {
        Self {
            common: Budget { frames: FRAMES_TOTAL_MAX - 2 * FRAMES_MAX, bytes: TEXT_TOTAL_MAX / 4 * 3 },
            reserve: Budget { frames: 2 * FRAMES_MAX, bytes: TEXT_TOTAL_MAX / 4 },
            cut: false,
        }
    }

    /// Adds a frame to a backtrace if there is room. A frame that `matters` may use the reserve.
    pub(super) fn add_frame(&mut self, backtrace: &mut Vec<Frame>, frame: Frame, matters: bool) {
        let bytes = frame.image.len() + length(frame.symbol.as_ref()) + length(frame.file.as_ref());
        let fits =
            backtrace.len() < FRAMES_MAX && ((matters && self.reserve.take(1, bytes)) || self.common.take(1, bytes));
        if fits {
            backtrace.push(frame);
        }
        self.cut |= !fits;
    }

    /// Adds an image if there is room.
    pub(super) fn add_image(&mut self, images: &mut Vec<Image>, image: Image) {
        let texts = [&image.path, &image.uuid, &image.architecture];
        let bytes = image.name.len() + texts.into_iter().map(|text| length(text.as_ref())).sum::<usize>();
        let fits = images.len() < super::IMAGES_MAX && self.common.take(0, bytes);
        if fits {
            images.push(image);
        }
        self.cut |= !fits;
    }
}

fn length(text: Option<&String>) -> usize {
    text.map_or(0, String::len)
}
