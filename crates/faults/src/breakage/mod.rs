//! Ways to get the protocol wrong: ten for orders, four for drafts. Each is a wrapper around the device's storage, its way to the server, or the
//! server; the code under test knows none of them. A harness that can't find these finds nothing.

pub mod server;
mod store;
mod transport;

pub use store::BrokenStore;
pub use transport::BrokenTransport;

/// What is broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// Every attempt is a submission of its own.
    NewKeyPerAttempt,
    /// The entry is removed once it is sent.
    DeleteBeforeSend,
    /// What belongs together is written one by one.
    TwoTransactions,
    /// Any 2xx counts as the server's acknowledgement.
    AnySuccessAccepted,
    /// The key names the draft alone.
    KeyWithoutRevision,
    /// What waited for a day is thrown away.
    ExpiryAfterDay,
    /// The server forgets its refusals.
    RejectionsNotStored,
    /// The outbox is kept where nobody waits for the disk.
    OutboxInLocalStorage,
    /// The server forgets withdrawals.
    WithdrawWithoutTombstone,
    /// The server looks at the version before the key.
    IdempotencyAfterIfMatch,
    /// What was typed is said to be safe before the disk has it.
    DraftNotSettled,
    /// What another device made of a draft is written over.
    PutOverAnyVersion,
    /// Another device's version counts as seen before what its person made of both is kept.
    QuestionSettledFirst,
    /// An order takes the draft's copy with it, whatever another device has typed into that.
    CopyGoesWithOrder,
}

impl Breakage {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::NewKeyPerAttempt,
        Self::DeleteBeforeSend,
        Self::TwoTransactions,
        Self::AnySuccessAccepted,
        Self::KeyWithoutRevision,
        Self::ExpiryAfterDay,
        Self::RejectionsNotStored,
        Self::OutboxInLocalStorage,
        Self::WithdrawWithoutTombstone,
        Self::IdempotencyAfterIfMatch,
        Self::DraftNotSettled,
        Self::PutOverAnyVersion,
        Self::QuestionSettledFirst,
        Self::CopyGoesWithOrder,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewKeyPerAttempt => "new-key-per-attempt",
            Self::DeleteBeforeSend => "delete-before-send",
            Self::TwoTransactions => "two-transactions",
            Self::AnySuccessAccepted => "any-2xx-accepted",
            Self::KeyWithoutRevision => "key-without-revision",
            Self::ExpiryAfterDay => "expiry-24h",
            Self::RejectionsNotStored => "rejections-not-stored",
            Self::OutboxInLocalStorage => "outbox-in-localstorage",
            Self::WithdrawWithoutTombstone => "withdraw-without-tombstone",
            Self::IdempotencyAfterIfMatch => "idempotency-after-if-match",
            Self::DraftNotSettled => "draft-not-settled",
            Self::PutOverAnyVersion => "put-over-any-version",
            Self::QuestionSettledFirst => "question-settled-first",
            Self::CopyGoesWithOrder => "copy-goes-with-order",
        }
    }

    /// Whether it is about the copies of drafts, which matter where there are two devices.
    pub fn is_of_copies(self) -> bool {
        matches!(
            self,
            Self::PutOverAnyVersion | Self::QuestionSettledFirst | Self::CopyGoesWithOrder
        )
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|breakage| breakage.name() == name)
    }
}
