//! The conversation of an order: what both sides write to each other, and what staff note for themselves.
//!
//! A message is never changed. Its id is made by whoever writes it, so that a repeat is known whatever key it comes under.

use chrono::{DateTime, Utc};
use countersign_domain::id::{FileId, MessageId, OrderId};
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};
use crate::file::StoredFile;
use crate::order::HistoryActor;

endpoints! {
    /// The conversation of an order, oldest first; notes of the staff are for staff alone
    ListMessages = Get "/orders/{order_id}/messages" "list_messages" None true 200
        (OrderId, NoQuery, NoContent) -> Vec<Message>;
    /// Writes a message, with files that were uploaded before; the same id again is the same message
    PostMessage = Post "/orders/{order_id}/messages" "post_message" Key true 201 (OrderId, NoQuery, NewMessage) -> Message;
    /// Remembers how far this account has read a conversation; it never goes back
    MarkMessagesRead = Put "/orders/{order_id}/messages/read" "mark_messages_read" None true 204
        (OrderId, NoQuery, ReadUpTo) -> NoContent;
    /// The orders whose conversation has something this account has not read, the newest first
    ListUnread = Get "/unread-messages" "list_unread_messages" None true 200 ((), NoQuery, NoContent) -> Vec<UnreadMessages>;
}

/// Most orders that [`ListUnread`] names.
pub const MAX_UNREAD: u32 = 200;

/// Messages older than this many days no longer count as unread: they are history.
pub const UNREAD_DAYS: i64 = 90;

/// A message as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// When the server got it.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: HistoryActor,
    /// Whether that was this account.
    pub is_own: bool,
    /// Whether the customer wrote it.
    pub is_from_customer: bool,
    /// Whether it is a note that only staff see.
    pub is_internal: bool,
    /// Plain text; may be empty where there are files.
    pub text: String,
    /// What was sent with it.
    pub files: Vec<StoredFile>,
}

/// A message to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// Plain text, at most 2,000 characters; may be empty where there are files.
    pub text: String,
    /// Whether only staff are to see it.
    #[serde(default)]
    pub is_internal: bool,
    /// Files that this account has uploaded and used nowhere else, at most 5.
    #[serde(default)]
    pub files: Vec<FileId>,
}

/// How far a conversation was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadUpTo {
    /// The last message that was read.
    pub message_id: MessageId,
}

/// Messages of others that this account has not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadMessages {
    /// The order.
    pub order_id: OrderId,
    /// How many.
    pub count: u32,
}
