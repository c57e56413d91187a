//! The workbench on this machine's own address.
//!
//! Pages are made from the case at each request and never derive anything. Only 127.0.0.1 is bound, a Host
//! header of another name is refused (DNS rebinding), nothing can be changed, no address outside is ever
//! linked to, and every answer forbids the browser to load anything from elsewhere.
//!
//! This crate knows nothing of: SQLite, file formats, argv, clocks.

mod routes;

pub use routes::ROUTES;

use axum::Router;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// A bound workbench that waits to be run.
pub struct Server {
    listener: TcpListener,
    router: Router,
    address: SocketAddr,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    /// Binds the workbench of a case to 127.0.0.1; port 0 takes any free one.
    ///
    /// # Errors
    /// Where the port is taken or no socket can be had.
    pub fn bind(case: PathBuf, port: u16) -> std::io::Result<Server> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", port)))?;
        let address = listener.local_addr()?;
        let router = routes::router(Arc::new(routes::State { case }));
        Ok(Server { listener, router, address, runtime })
    }

    /// The address pages are served at.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the program is interrupted.
    ///
    /// # Errors
    /// Where the socket fails.
    pub fn run(self) -> std::io::Result<()> {
        let Server { listener, router, runtime, .. } = self;
        let interrupted = async {
            // Without a signal to wait for, serve on.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        runtime.block_on(async { axum::serve(listener, router).with_graceful_shutdown(interrupted).await })
    }
}
