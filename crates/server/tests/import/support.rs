//! A server without data, and the testkit's files.

use countersign_server::auth::password::Effort;
use countersign_server::import::{self, FileKind, Options, Report, Source};
use countersign_server::server::{Options as ServerOptions, Running};
use countersign_testkit::sample::import::ImportFiles;

/// The initial password of every account.
pub const PASSWORD: &str = "correct horse";

/// A server on a database of its own.
pub struct TestServer {
    pub running: Running,
    _folder: tempfile::TempDir,
}

impl TestServer {
    /// A server without any data.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = ServerOptions {
            effort: Effort::Least,
            ..ServerOptions::new("127.0.0.1:0", folder.path().join("test.db"))
        };
        Self {
            running: Running::start(&options).await.expect("the server starts"),
            _folder: folder,
        }
    }

    /// Imports, whatever comes of it.
    pub async fn import(&self, sources: &[Source], options: &Options) -> Report {
        import::run(self.running.state(), sources, options)
            .await
            .expect("the files can be read")
    }

    /// The number in the first column of the first row.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let mut connection = self.running.state().db.read().await.expect("a connection");
        sqlx::query_scalar(sql)
            .fetch_one(&mut *connection)
            .await
            .expect("a number")
    }
}

/// How the tests import: staff and accounts with a password.
pub fn options() -> Options {
    Options {
        with_staff: true,
        password: Some(PASSWORD.to_owned()),
        ..Options::default()
    }
}

/// The files as sources.
pub fn sources(files: &ImportFiles) -> Vec<Source> {
    vec![
        source(FileKind::Categories, files.categories),
        source(FileKind::Products, files.products),
        source(FileKind::Customers, files.customers),
        source(FileKind::Orders, files.orders),
        source(FileKind::OrderLines, files.order_details),
    ]
}

/// A file.
pub fn source(kind: FileKind, text: impl Into<Vec<u8>>) -> Source {
    Source {
        kind,
        name: format!("{}.csv", kind.name()),
        bytes: text.into(),
    }
}
