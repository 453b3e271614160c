//! A table is a file: its migration, its row type, its reads and its writes.

pub(crate) mod account;
pub(crate) mod apple_list;
pub(crate) mod apple_webhook;
pub(crate) mod arrival;
pub(crate) mod catch_up;
pub(crate) mod deleted;
pub(crate) mod distribution;
pub(crate) mod enrichment;
pub(crate) mod event;
pub(crate) mod failed_delivery;
pub(crate) mod feedback;
pub(crate) mod judging;
pub(crate) mod listener;
pub(crate) mod payload_base;
pub(crate) mod refusal;
pub(crate) mod rule;
pub(crate) mod run;
pub(crate) mod saved_view;
pub(crate) mod setting;
pub(crate) mod stray;
pub(crate) mod tunnel_news;
pub(crate) mod tunnel_state;
pub(crate) mod upload;
pub(crate) mod webhook;
pub(crate) mod webhook_secret;
