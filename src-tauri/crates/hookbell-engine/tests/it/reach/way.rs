//! A connection to the listener that can be cut and restored.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

/// A port that forwards connections to another one.
pub struct Way {
    pub url: String,
    cut: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Way {
    pub async fn to(port: u16) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let cut = Arc::new(AtomicBool::new(false));
        let is_cut = Arc::clone(&cut);
        let pass = async move {
            loop {
                let (mut here, _) = socket.accept().await.unwrap();
                let is_cut = Arc::clone(&is_cut);
                tokio::spawn(async move {
                    // Dropped silently while the connection is cut.
                    if !is_cut.load(Ordering::Relaxed)
                        && let Ok(mut there) = TcpStream::connect(("127.0.0.1", port)).await
                    {
                        let _ = copy_bidirectional(&mut here, &mut there).await;
                    }
                });
            }
        };
        Self { url, cut, task: tokio::spawn(pass).abort_handle() }
    }

    pub fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
    }

    pub fn mend(&self) {
        self.cut.store(false, Ordering::Relaxed);
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.task.abort();
    }
}
