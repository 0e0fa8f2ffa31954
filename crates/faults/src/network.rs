//! Between device and server: requests and replies on their way, in any order.

use std::rc::Rc;

use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission};
use countersign_sync::Reply;
use http::StatusCode;

use crate::breakage::server::deliver;
use crate::device::Shared;
use crate::fixture::Session;
use crate::server::{Came, Server};
use crate::slot::{Request, Told};

/// A request on its way.
#[derive(Clone, Debug)]
pub struct Packet {
    /// The call it belongs to.
    pub call: u64,
    /// What it asks.
    pub request: Request,
}

/// A reply on its way.
#[derive(Debug)]
pub struct Back {
    /// The call it belongs to.
    pub call: u64,
    /// What the client reads in it.
    pub told: Told,
    /// Whether it is somebody's 200, though not our server's.
    pub portal: bool,
}

/// The network of one schedule.
#[derive(Debug)]
pub struct Network {
    /// Requests on their way.
    pub requests: Vec<Packet>,
    /// Replies on their way.
    pub replies: Vec<Back>,
    /// As whom requests go out.
    pub session: Session,
    /// Of 1,000 deliveries, how many go wrong in each way.
    pub trouble: usize,
    shared: Rc<Shared>,
    calls: u64,
}

impl Network {
    /// A network with nothing on its way.
    pub fn new(shared: &Rc<Shared>) -> Self {
        Self {
            requests: Vec::new(),
            replies: Vec::new(),
            session: Session::Own,
            trouble: 0,
            shared: Rc::clone(shared),
            calls: 0,
        }
    }

    /// Takes a request on, and gives the number of its call.
    pub fn send(&mut self, request: Request) -> u64 {
        self.calls += 1;
        self.shared
            .note(|| format!("call {}: {}", self.calls, shown(&request)));
        self.requests.push(Packet {
            call: self.calls,
            request,
        });
        self.calls
    }

    /// Lets one of the requests of `call` (any, where there is none) arrive, get lost, or meet something else.
    ///
    /// # Errors
    /// What the database said.
    pub fn carry(&mut self, server: &Server, at: usize) -> Result<(), String> {
        let wrong = |network: &Self| network.shared.rng.borrow_mut().happens(network.trouble);
        if wrong(self) {
            let packet = self.requests.swap_remove(at);
            self.shared.note(|| format!("call {}: request lost", packet.call));
            return Ok(());
        }
        if wrong(self) {
            let packet = self.requests.swap_remove(at);
            let page = b"<html><title>Free Wi-Fi</title></html>".to_vec();
            self.answer(&packet, &Came::of(StatusCode::OK, page), true);
            return Ok(());
        }
        if wrong(self) {
            let packet = self.requests.swap_remove(at);
            let kind = match self.shared.rng.borrow_mut().below(3) {
                0 => ProblemKind::Unavailable,
                1 => ProblemKind::RateLimited { retry_after: 20 },
                _ => ProblemKind::Internal,
            };
            self.answer(&packet, &Came::problem(kind), false);
            return Ok(());
        }
        let packet = if wrong(self) {
            self.shared
                .note(|| format!("call {}: doubled", self.requests[at].call));
            self.requests[at].clone()
        } else {
            self.requests.swap_remove(at)
        };
        let came = self.arrive(server, &packet.request)?;
        if wrong(self) {
            self.shared.note(|| format!("call {}: reply lost", packet.call));
        } else if wrong(self) {
            self.answer(&packet, &Came::of(StatusCode::BAD_GATEWAY, Vec::new()), false);
        } else {
            self.answer(&packet, &came, false);
        }
        Ok(())
    }

    /// The server has a request in its hands.
    ///
    /// # Errors
    /// What the database said.
    pub fn arrive(&self, server: &Server, request: &Request) -> Result<Came, String> {
        let session = match (request, self.session) {
            (Request::Submit { .. } | Request::Withdraw { .. } | Request::Upload { .. }, session) => session,
            // Only the outbox outlives its owner's session: what a page asks for is gone with the page.
            (_, Session::Colleague) => Session::None,
            (_, session) => session,
        };
        let came = deliver(server, self.shared.breakage, request, session)?;
        let mut oracle = self.shared.oracle.borrow_mut();
        match request {
            Request::Submit { body, .. } => {
                if let Reply::Answered(accepted) = came.reply::<Accepted>() {
                    let submission: Option<Submission> = serde_json::from_str(body).ok();
                    let note = submission.as_ref().map(|submission| submission.note.as_str());
                    oracle.ordered(accepted.draft_id, accepted.order_id, note);
                }
            }
            Request::Withdraw { draft, .. } => {
                if let Reply::Answered(DraftWithdrawal::AlreadyOrdered { order_id }) = came.reply() {
                    oracle.ordered(*draft, order_id, None);
                }
            }
            Request::Change { key, .. } if came.status.is_success() => oracle.changed(key),
            Request::Change { .. }
            | Request::Upload { .. }
            | Request::ListDrafts { .. }
            | Request::GetDraft { .. }
            | Request::PutDraft { .. }
            | Request::RemoveDraft { .. } => {}
        }
        self.shared.note(|| {
            let said = String::from_utf8_lossy(&came.body);
            format!("server: {} -> {} {:.120}", shown(request), came.status, said)
        });
        Ok(came)
    }

    fn answer(&mut self, packet: &Packet, came: &Came, portal: bool) {
        self.replies.push(Back {
            call: packet.call,
            told: came.read(&packet.request),
            portal,
        });
    }
}

fn shown(request: &Request) -> String {
    match request {
        Request::Submit { key, body } => {
            let note = body.rsplit_once("\"note\":").map_or("", |(_, note)| note);
            format!("submit {key} {}", note.trim_end_matches('}'))
        }
        Request::Withdraw { draft, key } => format!("withdraw {draft} as {key}"),
        Request::Upload { file, .. } => format!("upload {}", file.id),
        Request::Change { order, version, key } => format!("take back order {order} at {version} as {key}"),
        Request::ListDrafts { after } => format!("list the copies after {after:?}"),
        Request::GetDraft { draft } => format!("get the copy {draft}"),
        Request::PutDraft { draft, version, .. } => format!("put the copy {draft} over {version}"),
        Request::RemoveDraft { draft, version } => format!("remove the copy {draft} at {version}"),
    }
}
