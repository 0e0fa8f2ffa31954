//! The published OpenAPI 3.1 document, made of the endpoint definitions.
//!
//! Nothing is described twice: method, path, parameters, bodies and replies come from the same types that the client
//! sends and the server routes.

use countersign_domain::file::FileKind;
use utoipa::openapi::path::{
    Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, Content, HttpMethod, Info, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder, Schema,
};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::endpoint::{Endpoint, Guard, Method, NoContent};
use crate::event::{EVENTS_PATH, LiveEvent};
use crate::file::{FILE_MEDIA_TYPE, FILE_PATH, FileBytes};
use crate::order::OrderSort;
use crate::problem::{PROBLEM_STATUSES, Problem};
use crate::returns::ReturnSort;
use crate::{BASE_PATH, CHANGE_HEADER, PROBLEM_MEDIA_TYPE};

/// What is known of an operation without its types: what a router must offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// Its HTTP method.
    pub method: Method,
    /// Its path below [`BASE_PATH`].
    pub path: &'static str,
    /// Its operation id.
    pub operation: &'static str,
    /// What it must carry beside its body.
    pub guard: Guard,
    /// Whether it needs a session.
    pub signed_in: bool,
}

/// Every operation of the contract.
pub fn operations() -> Vec<OperationInfo> {
    collect().operations
}

/// The OpenAPI document.
pub fn document() -> OpenApi {
    let collected = collect();
    let mut paths = PathsBuilder::new();
    for (path, method, operation) in collected.paths {
        paths = paths.path(path, PathItem::new(method, operation));
    }
    let mut components = Components::new();
    components.schemas.extend(collected.schemas);
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-countersign"))),
    );
    let mut info = Info::new("Countersign", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Orders between a supplier and its distributors. Money and quantities are decimal strings, times RFC 3339 in UTC. \
         Every error is a problem document whose `type` is stable."
            .to_owned(),
    );
    OpenApiBuilder::new()
        .info(info)
        .paths(paths.build())
        .components(Some(components))
        .build()
}

#[derive(Default)]
pub(crate) struct Collected {
    operations: Vec<OperationInfo>,
    paths: Vec<(String, HttpMethod, Operation)>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

fn collect() -> Collected {
    let mut collected = Collected::default();
    crate::meta::visit(&mut collected);
    crate::session::visit(&mut collected);
    crate::home::visit(&mut collected);
    crate::catalog::visit(&mut collected);
    crate::account::visit(&mut collected);
    crate::draft::visit(&mut collected);
    crate::submission::visit(&mut collected);
    crate::order::visit(&mut collected);
    crate::rating::visit(&mut collected);
    crate::conversation::visit(&mut collected);
    crate::file::visit(&mut collected);
    crate::returns::visit(&mut collected);
    crate::approval::visit(&mut collected);
    crate::stock::visit(&mut collected);
    crate::open::visit(&mut collected);
    crate::plan::visit(&mut collected);
    crate::region::visit(&mut collected);
    crate::settings::visit(&mut collected);
    crate::delegation::visit(&mut collected);
    crate::view::visit(&mut collected);
    crate::lookup::visit(&mut collected);
    crate::sheet::visit(&mut collected);
    crate::list::visit(&mut collected);
    crate::reorder::visit(&mut collected);
    crate::promotion::visit(&mut collected);
    crate::notice::visit(&mut collected);
    crate::alert::visit(&mut collected);
    crate::promotion_desk::visit(&mut collected);
    describe_events(&mut collected);
    describe_file(&mut collected);
    collected.add_schema::<Problem>();
    // Query parameters refer to it; their own types are no schemas.
    collected.add_schema::<OrderSort>();
    collected.add_schema::<ReturnSort>();
    // Only a page refers to it.
    collected.add_schema::<crate::open::OpenQuantity>();
    collected
}

/// Describes `E`.
pub(crate) fn describe<E>(collected: &mut Collected)
where
    E: Endpoint,
    E::Query: IntoParams,
    E::Body: ToSchema,
    E::Reply: ToSchema,
{
    collected.operations.push(OperationInfo {
        method: E::METHOD,
        path: E::PATH,
        operation: E::OPERATION,
        guard: E::GUARD,
        signed_in: E::SIGNED_IN,
    });
    let mut operation = OperationBuilder::new()
        .operation_id(Some(E::OPERATION))
        .summary(Some(E::SUMMARY.trim()))
        .tag(tag(E::PATH))
        .response(E::SUCCESS.to_string(), success::<E>());
    for name in path_parameters(E::PATH) {
        operation = operation.parameter(parameter(name, ParameterIn::Path, "The id"));
    }
    for query in E::Query::into_params(|| Some(ParameterIn::Query)) {
        operation = operation.parameter(query);
    }
    for header in headers(E::METHOD, E::GUARD) {
        operation = operation.parameter(header);
    }
    if E::METHOD != Method::Get && !is_empty::<E::Body>() {
        collected.add_schema::<E::Body>();
        let media_type = if E::TAKES_FILE {
            FILE_MEDIA_TYPE
        } else {
            "application/json"
        };
        let body = RequestBodyBuilder::new()
            .content(media_type, Content::new(Some(schema_ref::<E::Body>())))
            .required(Some(Required::True))
            .build();
        operation = operation.request_body(Some(body));
    }
    for status in PROBLEM_STATUSES {
        operation = operation.response(status.to_string(), problem());
    }
    if E::SIGNED_IN {
        operation = operation.security(SecurityRequirement::new("session", Vec::<String>::new()));
    }
    if !is_empty::<E::Reply>() {
        collected.add_schema::<E::Reply>();
    }
    let method = match E::METHOD {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Delete => HttpMethod::Delete,
    };
    collected
        .paths
        .push((format!("{BASE_PATH}{}", E::PATH), method, operation.build()));
}

/// The live stream is no exchange of JSON, so it is described by hand.
fn describe_events(collected: &mut Collected) {
    collected.add_schema::<LiveEvent>();
    let stream = ResponseBuilder::new()
        .description("Server-sent events; the data of each is a LiveEvent")
        .content("text/event-stream", Content::new(Some(schema_ref::<LiveEvent>())))
        .build();
    let operation = OperationBuilder::new()
        .operation_id(Some("stream_events"))
        .summary(Some("Streams what changes, as it changes"))
        .tag("events")
        .response("200", stream)
        .response("401", problem())
        .security(SecurityRequirement::new("session", Vec::<String>::new()))
        .build();
    collected
        .paths
        .push((format!("{BASE_PATH}{EVENTS_PATH}"), HttpMethod::Get, operation));
}

/// A file is answered as it is, which is no JSON either.
fn describe_file(collected: &mut Collected) {
    let mut answer = ResponseBuilder::new().description("The file, with its media type and name");
    for kind in FileKind::ALL {
        answer = answer.content(kind.media_type(), Content::new(Some(schema_ref::<FileBytes>())));
    }
    let operation = OperationBuilder::new()
        .operation_id(Some("get_file"))
        .summary(Some("A file, for whoever sees what it belongs to"))
        .tag("files")
        .parameter(parameter("file_id", ParameterIn::Path, "The id"))
        .response("200", answer.build())
        .response("401", problem())
        .response("404", problem())
        .security(SecurityRequirement::new("session", Vec::<String>::new()))
        .build();
    collected
        .paths
        .push((format!("{BASE_PATH}{FILE_PATH}"), HttpMethod::Get, operation));
}

impl Collected {
    /// Adds a type and everything it is made of to the components. Lists and the like stand where they are used.
    fn add_schema<T: ToSchema>(&mut self) {
        T::schemas(&mut self.schemas);
        if is_named::<T>() {
            self.schemas.push((T::name().into_owned(), T::schema()));
        }
    }
}

/// Whether a type has a schema of its own, to be referred to by name.
fn is_named<T: ToSchema>() -> bool {
    !matches!(T::schema(), RefOr::T(Schema::Array(_)))
}

fn is_empty<T: ToSchema>() -> bool {
    T::name() == <NoContent as ToSchema>::name()
}

fn schema_ref<T: ToSchema>() -> RefOr<Schema> {
    if is_named::<T>() {
        Ref::from_schema_name(T::name()).into()
    } else {
        <T as PartialSchema>::schema()
    }
}

fn success<E: Endpoint>() -> Response
where
    E::Reply: ToSchema,
{
    let response = ResponseBuilder::new().description("Done");
    if is_empty::<E::Reply>() {
        return response.build();
    }
    response
        .content("application/json", Content::new(Some(schema_ref::<E::Reply>())))
        .build()
}

fn problem() -> Response {
    ResponseBuilder::new()
        .description("What went wrong (RFC 9457)")
        .content(PROBLEM_MEDIA_TYPE, Content::new(Some(schema_ref::<Problem>())))
        .build()
}

fn headers(method: Method, guard: Guard) -> Vec<Parameter> {
    let mut headers = Vec::new();
    if method != Method::Get {
        headers.push(parameter(
            CHANGE_HEADER,
            ParameterIn::Header,
            "Any value; a form on another site can't send it",
        ));
    }
    if matches!(guard, Guard::Key | Guard::KeyAndVersion) {
        headers.push(parameter(
            "idempotency-key",
            ParameterIn::Header,
            "The same key and bytes again give the first answer again",
        ));
    }
    if matches!(guard, Guard::Version | Guard::KeyAndVersion) {
        headers.push(parameter(
            "if-match",
            ParameterIn::Header,
            "The version this change was made for, as its ETag",
        ));
    }
    headers
}

fn parameter(name: &str, place: ParameterIn, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(SchemaType::new(Type::String))
                .build(),
        ))
        .build()
}

fn path_parameters(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// The first segment of a path groups its operations.
fn tag(path: &'static str) -> &'static str {
    path.split('/')
        .find(|segment| !segment.is_empty())
        .unwrap_or("root")
}
