//! What an operation is: one definition for client, server and document.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The HTTP methods the contract uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something or does something; carries an `Idempotency-Key`.
    Post,
    /// Replaces something, or puts it there; carries `If-Match`, where nothing is there with version 0. What only is in a set
    /// or not has no version and carries none.
    Put,
    /// Takes something away.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What a change must carry beside its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing: reads, signing in and out, and putting something into a set or taking it out, which may be repeated.
    None,
    /// An `Idempotency-Key`: something new is made.
    Key,
    /// `Idempotency-Key` and `If-Match`: an existing thing changes.
    KeyAndVersion,
    /// `If-Match` only: a whole thing is replaced, which is idempotent by itself.
    Version,
}

/// One operation of the contract.
pub trait Endpoint {
    /// Its HTTP method.
    const METHOD: Method;
    /// Its path below [`BASE_PATH`](crate::BASE_PATH), with `{name}` for each parameter.
    const PATH: &'static str;
    /// Its operation id, verb first: `list_orders`.
    const OPERATION: &'static str;
    /// One line for the document.
    const SUMMARY: &'static str;
    /// What it must carry beside its body.
    const GUARD: Guard;
    /// Whether it needs a session.
    const SIGNED_IN: bool;
    /// Status of success.
    const SUCCESS: u16;
    /// Whether its body is a file as it is, [`FileBytes`](crate::file::FileBytes), rather than JSON.
    const TAKES_FILE: bool = false;
    /// Largest body of its request, in bytes: an order of thousands of lines.
    const MAX_BODY: usize = 4 * 1024 * 1024;
    /// Path parameters, in the order of `PATH`.
    type Path: PathParams + DeserializeOwned + Send;
    /// Query parameters.
    type Query: QueryParams + DeserializeOwned + Send;
    /// Body of the request.
    type Body: Serialize + DeserializeOwned + Send;
    /// Body of the reply.
    type Reply: Serialize + DeserializeOwned + Send;
}

/// Path parameters that can be written into a path.
pub trait PathParams {
    /// The values, in the order of the path.
    fn values(&self) -> Vec<String>;

    /// `template` with the values in place of its `{names}`. Ids need no escaping.
    fn fill(&self, template: &str) -> String {
        let mut path = String::with_capacity(template.len() + 32);
        let mut values = self.values().into_iter();
        for segment in template.split('/').filter(|segment| !segment.is_empty()) {
            path.push('/');
            match segment.starts_with('{').then(|| values.next()).flatten() {
                Some(value) => path.push_str(&value),
                None => path.push_str(segment),
            }
        }
        path
    }
}

impl PathParams for () {
    fn values(&self) -> Vec<String> {
        Vec::new()
    }
}

macro_rules! id_paths {
    ($($id:ty),+) => {$(
        impl PathParams for $id {
            fn values(&self) -> Vec<String> {
                vec![self.to_string()]
            }
        }
    )+};
}

id_paths!(
    countersign_domain::id::CustomerId,
    countersign_domain::id::DraftId,
    countersign_domain::id::FileId,
    countersign_domain::id::NoticeId,
    countersign_domain::id::OrderId,
    countersign_domain::id::ProductId,
    countersign_domain::id::ReturnId,
    countersign_domain::id::ViewId,
    countersign_domain::id::ListId,
    countersign_domain::id::VariantId,
    countersign_domain::id::PromotionId,
    countersign_domain::id::DelegationId
);

/// Query parameters as name and value, absent ones left out.
pub trait QueryParams {
    /// The pairs, not yet percent-encoded.
    fn pairs(&self) -> Vec<(&'static str, String)>;
}

/// No query parameters. Unknown ones are ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct NoQuery {}

impl QueryParams for NoQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// Collects the pairs of a query, leaving out what is absent.
#[derive(Debug, Default)]
pub(crate) struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    /// Adds `name` if there is a value.
    pub(crate) fn opt(mut self, name: &'static str, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.0.push((name, value.to_string()));
        }
        self
    }

    /// The pairs.
    pub(crate) fn done(self) -> Vec<(&'static str, String)> {
        self.0
    }
}

/// An empty body: no request body is sent, no reply body is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoContent {}

/// Defines endpoints: documentation, name, method, path, and what goes in and out.
macro_rules! endpoints {
    ($(
        $(#[doc = $summary:literal])+
        $name:ident = $method:ident $path:literal $operation:literal $guard:ident $signed_in:literal $success:literal
        ($path_type:ty, $query:ty, $body:ty) -> $reply:ty;
    )+) => {
        $(
            $(#[doc = $summary])+
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl $crate::endpoint::Endpoint for $name {
                const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
                const PATH: &'static str = $path;
                const OPERATION: &'static str = $operation;
                const SUMMARY: &'static str = concat!($($summary),+);
                const GUARD: $crate::endpoint::Guard = $crate::endpoint::Guard::$guard;
                const SIGNED_IN: bool = $signed_in;
                const SUCCESS: u16 = $success;
                type Path = $path_type;
                type Query = $query;
                type Body = $body;
                type Reply = $reply;
            }
        )+

        /// Describes every endpoint of this resource.
        #[cfg(feature = "openapi")]
        pub(crate) fn visit(collected: &mut $crate::openapi::Collected) {
            $( $crate::openapi::describe::<$name>(collected); )+
        }
    };
}
pub(crate) use endpoints;
