//! What becomes of the part of a line that can't be reserved (rule 9), as it is chosen.

use crate::text;

/// The choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// It stays open and ships when there is stock.
    #[default]
    Wait,
    /// What there is goes; the customer agreed.
    ShipShort,
    /// Another variant goes in its place.
    Substitute,
    /// It is not delivered any more.
    Close,
}

impl Rest {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Wait, Self::ShipShort, Self::Substitute, Self::Close];

    /// Its name among the choices of a field.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::ShipShort => "ship_short",
            Self::Substitute => "substitute",
            Self::Close => "close",
        }
    }

    /// What it is called.
    pub fn words(self) -> String {
        match self {
            Self::Wait => text!(order.outbound.wait),
            Self::ShipShort => text!(order.outbound.ship_short),
            Self::Substitute => text!(substitute.choice),
            Self::Close => text!(order.outbound.close),
        }
    }

    /// What has to be said about it.
    pub fn asks(self) -> String {
        match self {
            Self::ShipShort => text!(order.outbound.consent),
            Self::Substitute => text!(substitute.reason),
            Self::Wait | Self::Close => text!(order.ask.reason),
        }
    }
}
