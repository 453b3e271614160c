//! The demo's commands. The engine in front answers all others.

use hookbell_engine::{
    Hookbell, TypeScript,
    api::{ApiError, SetTunnelRequest, Tunnel},
    call as call_engine, read_request, write_reply,
};
use serde_json::Value;

use crate::{
    Engines,
    api::{Demo, DemoPlace, EmitDemoEventRequest, EmittedDemoEvent, ShowDemoRequest},
};

/// The type of a request; `()` for a command without one.
macro_rules! request_type {
    () => {
        ()
    };
    ($request:ty) => {
        $request
    };
}

/// Declares every command of the demo once: the name on the wire, the method, the request and the reply.
macro_rules! commands {
    ($($wire:literal => $method:ident($($request:ty)?) -> $reply:ty;)*) => {
        /// Answers one command by its name on the wire.
        ///
        /// # Errors
        /// The command's error, or that of [`hookbell_engine::call`].
        pub async fn call(engines: &Engines, command: &str, request: Value) -> Result<Value, ApiError> {
            match command {
                $($wire => write_reply(engines.$method($(read_request::<$request>(request)?)?).await?),)*
                _ => at_front(engines, command, request).await,
            }
        }

        /// Adds every command to the window's types.
        pub(crate) fn describe(typescript: &mut TypeScript) {
            $(typescript.add_command::<request_type!($($request)?), $reply>($wire);)*
        }
    };
}

commands! {
    "demo" => demo() -> Demo;
    "demoPlace" => demo_place() -> DemoPlace;
    "startDemo" => start_demo() -> ();
    "showDemo" => show_demo(ShowDemoRequest) -> ();
    "leaveDemo" => leave_demo() -> ();
    "emitDemoEvent" => emit_demo_event(EmitDemoEventRequest) -> EmittedDemoEvent;
}

/// Asks the engine in front. The welcome always belongs to the user's own engine, and the demo has no tunnel.
async fn at_front(engines: &Engines, command: &str, request: Value) -> Result<Value, ApiError> {
    let in_demo = engines.place() == DemoPlace::Shown;
    match command {
        "finishWelcome" => call_engine(engines.own(), command, request).await,
        "setTunnel" if in_demo => write_reply(set_no_tunnel(&engines.front(), read_request(request)?).await?),
        _ => call_engine(&engines.front(), command, request).await,
    }
}

async fn set_no_tunnel(demo: &Hookbell, request: SetTunnelRequest) -> Result<Tunnel, ApiError> {
    if request.provider.is_some() {
        let message = "the demo doesn’t need a tunnel: its App Store Connect is simulated on this computer";
        return Err(ApiError::field("provider", message, "leave the demo first"));
    }
    demo.tunnels().set(request).await
}
