//! Hands every notice to every listener, in the order of the commits, and remembers the last few for those who come back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_contract::event::LiveEvent;
use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::{AccountId, CustomerId, RegionId};
use countersign_domain::returns::{ReturnDenyReason, can_submit_return};
use tokio::sync::broadcast;

/// Notices a listener may miss and still catch up with by `Last-Event-ID`.
const REMEMBERED: usize = 1024;

/// Who may hear of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who is signed in.
    Everyone,
    /// This account, on whichever device.
    Account(AccountId),
    /// Whoever may see this customer's things in this region.
    Customer {
        /// The customer.
        customer_id: CustomerId,
        /// Its region.
        region_id: RegionId,
    },
    /// The supplier's staff who may see this customer's things in this region.
    Staff {
        /// The customer.
        customer_id: CustomerId,
        /// Its region.
        region_id: RegionId,
    },
    /// Whoever may see this customer's returns in this region.
    Returns {
        /// The customer.
        customer_id: CustomerId,
        /// Its region.
        region_id: RegionId,
    },
}

impl Audience {
    /// Whether `actor` belongs to it.
    pub fn includes(self, actor: &Actor) -> bool {
        match self {
            Self::Everyone => true,
            Self::Account(account_id) => actor.account_id == account_id,
            Self::Customer {
                customer_id,
                region_id,
            } => actor.side != Side::System && actor.sees(customer_id, region_id),
            Self::Staff {
                customer_id,
                region_id,
            } => matches!(actor.side, Side::Supplier { .. }) && actor.sees(customer_id, region_id),
            // Who may not even enter a return for them may still see theirs.
            Self::Returns {
                customer_id,
                region_id,
            } => {
                actor.side != Side::System
                    && can_submit_return(actor, customer_id, region_id) != Err(ReturnDenyReason::Unknown)
            }
        }
    }
}

/// Something to be told after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something changed.
    Changed {
        /// Who may hear of it.
        audience: Audience,
        /// What.
        event: LiveEvent,
    },
    /// Sessions ended: their streams close.
    SessionsEnded {
        /// The account.
        account_id: AccountId,
        /// Hash of the one session that ended; `None`: all of the account.
        session: Option<String>,
    },
}

/// A notice and its place in the order of notices.
#[derive(Debug)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) notice: Notice,
}

/// Where notices come in and listeners go out. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Tells the numbers of this run of the server from those of the run before.
    run: String,
    log: Mutex<Log>,
    sender: broadcast::Sender<Arc<Numbered>>,
}

#[derive(Debug, Default)]
struct Log {
    last: u64,
    recent: VecDeque<Arc<Numbered>>,
}

/// What a new listener starts with.
#[derive(Debug)]
pub(super) struct Subscription {
    /// What it missed and can be told.
    pub(super) missed: VecDeque<Arc<Numbered>>,
    /// Whether it missed more than is remembered: it has to fetch everything again.
    pub(super) resync: bool,
    /// What comes.
    pub(super) receiver: broadcast::Receiver<Arc<Numbered>>,
}

impl Hub {
    /// A hub without listeners. `run` is unlike that of any run before.
    pub fn new(run: String) -> Self {
        let (sender, _) = broadcast::channel(REMEMBERED);
        Self(Arc::new(Inner {
            run,
            log: Mutex::default(),
            sender,
        }))
    }

    /// Tells everybody who listens.
    pub fn publish(&self, notice: Notice) {
        let mut log = self.0.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.last += 1;
        let numbered = Arc::new(Numbered {
            number: log.last,
            notice,
        });
        if log.recent.len() == REMEMBERED {
            log.recent.pop_front();
        }
        log.recent.push_back(Arc::clone(&numbered));
        // Nobody listening is no error. Sent under the lock, so that subscribers neither miss nor repeat it.
        drop(self.0.sender.send(numbered));
    }

    /// The id a listener gives back as `Last-Event-ID`.
    pub(super) fn event_id(&self, number: u64) -> String {
        format!("{}-{number}", self.0.run)
    }

    /// Listens from now on, and to what came after `last_event_id` where that is known.
    pub(super) fn subscribe(&self, last_event_id: Option<&str>) -> Subscription {
        let log = self.0.log.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = self.0.sender.subscribe();
        let Some(id) = last_event_id else {
            return Subscription {
                missed: VecDeque::new(),
                resync: false,
                receiver,
            };
        };
        let seen = id
            .strip_prefix(self.0.run.as_str())
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|number| number.parse::<u64>().ok());
        let oldest = log.recent.front().map_or(log.last + 1, |first| first.number);
        match seen {
            Some(seen) if seen + 1 >= oldest && seen <= log.last => Subscription {
                missed: log
                    .recent
                    .iter()
                    .filter(|notice| notice.number > seen)
                    .cloned()
                    .collect(),
                resync: false,
                receiver,
            },
            _ => Subscription {
                missed: VecDeque::new(),
                resync: true,
                receiver,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed() -> Notice {
        Notice::Changed {
            audience: Audience::Everyone,
            event: LiveEvent::CatalogChanged,
        }
    }

    #[test]
    fn a_listener_that_comes_back_hears_what_it_missed() {
        let hub = Hub::new("run".to_owned());
        for _ in 0..3 {
            hub.publish(changed());
        }
        let back = hub.subscribe(Some("run-1"));
        assert!(!back.resync);
        assert_eq!(
            back.missed.iter().map(|notice| notice.number).collect::<Vec<_>>(),
            [2, 3]
        );
    }

    #[test]
    fn a_listener_that_missed_too_much_or_comes_from_another_run_starts_over() {
        let hub = Hub::new("run".to_owned());
        for _ in 0..REMEMBERED + 2 {
            hub.publish(changed());
        }
        assert!(hub.subscribe(Some("run-1")).resync);
        assert!(hub.subscribe(Some("old-1025")).resync);
        assert!(hub.subscribe(Some("run-99999")).resync);
        assert!(!hub.subscribe(None).resync);
    }
}
