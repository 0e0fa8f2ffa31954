//! Just enough HTTP to ask our own server on this machine how it is.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// The body of `GET path` on 127.0.0.1, when the answer is 200.
pub fn get(port: u16, path: &str) -> Option<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let wait = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, wait).ok()?;
    stream.set_read_timeout(Some(wait)).ok()?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n"
    )
    .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    body_of_ok(&String::from_utf8(answer).ok()?)
}

fn body_of_ok(answer: &str) -> Option<String> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?;
    (status == "200").then(|| body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_200_has_a_body_to_read() {
        assert_eq!(
            body_of_ok("HTTP/1.0 200 OK\r\na: b\r\n\r\n{}").as_deref(),
            Some("{}")
        );
        assert_eq!(body_of_ok("HTTP/1.0 503 Service Unavailable\r\n\r\nno"), None);
        assert_eq!(body_of_ok("garbage"), None);
    }
}
