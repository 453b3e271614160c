//! A server with a certificate that no authority vouches for.
//!
//! The certificate and its key were made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes
//! -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1`, both in DER.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use hookbell_actions::{ActionTarget, Chat, ChatPost, Message, Next, Sender};
use tokio::{io::AsyncReadExt, net::TcpListener};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

/// A TLS server with a self-signed certificate. Returns its address and how many bytes it received.
async fn self_signed() -> (String, Arc<AtomicUsize>) {
    let key = PrivateKeyDer::try_from(include_bytes!("self-signed/key.der").as_slice()).unwrap();
    let certificate = include_bytes!("self-signed/certificate.der").as_slice().into();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key);
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://127.0.0.1:{}/secret-topic", listener.local_addr().unwrap().port());
    let told = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            if let Ok(mut connection) = acceptor.accept(connection).await {
                let read = connection.read(&mut [0; 1024]).await.unwrap_or_default();
                counted.fetch_add(read, Ordering::Relaxed);
            }
        }
    });
    (url, told)
}

#[tokio::test]
async fn a_server_whose_certificate_nobody_vouches_for_is_told_nothing_and_tried_again() {
    let (url, told) = self_signed().await;
    let message = Message { title: "Backyard Birds crashed".to_owned(), ..Message::default() };
    // Permission to reach a private network doesn't include trusting anybody there.
    for allow_private_network in [false, true] {
        let post = ChatPost { message: message.clone(), allow_private_network, ..ChatPost::default() };
        let failure = Sender::default().tell(Chat::Discord, &ActionTarget::Url(url.clone()), post).await.unwrap_err();
        assert_eq!((failure.next, failure.hint.as_str()), (Next::Retry, "Check the server’s certificate."));
        assert!(failure.message.contains("certificate"), "{failure:?}");
        assert!(!failure.message.contains("secret-topic"), "{failure:?}");
    }
    assert_eq!(told.load(Ordering::Relaxed), 0);
}
