//! The supervisor with scripted programs, which print what real ones print, and real sockets behind them.

mod ends;
mod programs;
mod stage;
mod states;
mod words;
