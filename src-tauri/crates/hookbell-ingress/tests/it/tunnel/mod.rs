//! The supervisor with scripted programs, which print what real ones print, and real sockets behind them.

mod ends;
mod stage;
mod states;
