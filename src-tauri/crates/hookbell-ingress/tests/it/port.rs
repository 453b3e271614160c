//! Binding the port, and the error when it is taken.

use std::{net::Ipv4Addr, process, time::Duration};

use hookbell_ingress::listener::{BindError, Holder, Limits, Listener};
use tokio::net::TcpStream;

use crate::support::{Server, signed, soon};

#[tokio::test]
async fn listens_on_this_machine_only() {
    let listener = Listener::bind(0).await.unwrap();
    assert_eq!(listener.address(), (Ipv4Addr::LOCALHOST, listener.port()).into());
    assert_ne!(listener.port(), 0);
}

#[tokio::test]
async fn a_taken_port_is_named_with_its_holder_and_a_free_one() {
    let first = Listener::bind(0).await.unwrap();
    let offer = async {
        loop {
            let error = Listener::bind(first.port()).await.unwrap_err();
            let BindError::PortTaken { port, holder, free } = error else { panic!("{error}") };
            assert_eq!(port, first.port());
            let Holder { name, pid } = holder.expect("this process may look at itself");
            assert_eq!(pid, process::id());
            assert!(!name.is_empty());
            // Another test could be quicker to take the free one.
            if let Ok(second) = Listener::bind(free.unwrap()).await {
                break second;
            }
        }
    };
    assert_ne!(soon(offer).await.port(), first.port());
}

#[tokio::test]
async fn a_connection_that_uses_the_number_is_not_taken_for_the_holder() {
    let first = Listener::bind(0).await.unwrap();
    let other = Listener::bind(0).await.unwrap();
    let stream = soon(TcpStream::connect(other.address())).await.unwrap();
    let number = stream.local_addr().unwrap().port();
    match Listener::bind(number).await {
        // Some systems give the number to a listener anyway.
        Ok(_) | Err(BindError::PortTaken { holder: None, .. }) => {}
        other => panic!("{other:?}"),
    }
    assert!(matches!(Listener::bind(first.port()).await, Err(BindError::PortTaken { holder: Some(_), .. })));
}

#[tokio::test]
async fn the_port_can_be_taken_again_right_after_connections_were_closed() {
    let server = Server::start(Limits { drain: Duration::from_millis(1), ..Limits::default() }).await;
    let mut sender = server.connect().await;
    sender.say(signed(b"{}")).await;
    assert_eq!(sender.answer().await.status, 200);
    server.stop.cancel();
    soon(server.ended).await.unwrap();
    Listener::bind(server.port).await.unwrap();
}
