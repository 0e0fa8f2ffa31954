//! Components in a real browser, found by what a person would look for.
#![cfg(target_arch = "wasm32")]

mod search;
mod store;

use countersign::api::{Api, Brand, Config};
use countersign::app::App;
use countersign::i18n::set_language;
use countersign_domain::text::Language;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A place of its own for a test, so that tests don't see each other's pages.
fn place() -> HtmlElement {
    let place = document().create_element("div").expect("a div can be made");
    document()
        .body()
        .expect("the page has a body")
        .append_child(&place)
        .expect("the body takes children");
    place.unchecked_into()
}

fn element(place: &HtmlElement, selector: &str) -> HtmlElement {
    let found = place.query_selector(selector).expect("a valid selector");
    found
        .unwrap_or_else(|| panic!("no {selector} in {}", place.inner_text()))
        .unchecked_into()
}

fn sign_in_form(place: &HtmlElement) -> impl Sized + use<> {
    use countersign::features::auth::SignInForm;
    use countersign::session::SessionContext;
    mount_to(place.clone(), || {
        let api = Api::new(&Config {
            api_base: "/nowhere".to_owned(),
            sign_in: countersign::api::SignInWay::Cookie,
            brand: Brand {
                name: "Test".to_owned(),
            },
            demo: false,
        });
        provide_context(api);
        view! {
            <SignInForm
                session=SessionContext::new(api)
                typed=("wang".to_owned(), String::new())
                trusted=RwSignal::new(false)
            />
        }
    })
}

#[wasm_bindgen_test]
async fn what_was_typed_before_the_app_was_there_is_kept() {
    let place = place();
    let _page = sign_in_form(&place);
    leptos::task::tick().await;
    let login: HtmlInputElement = element(&place, "input[name=login]").unchecked_into();
    assert_eq!(login.value(), "wang");
}

#[wasm_bindgen_test]
async fn a_missing_password_is_named_at_its_field_and_nothing_is_lost() {
    set_language(Language::En);
    let place = place();
    let _page = sign_in_form(&place);
    element(&place, "button[type=submit]").click();
    leptos::task::tick().await;
    let password = element(&place, "input[name=password]");
    assert_eq!(password.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        element(&place, "#password-error").inner_text(),
        "Enter your password"
    );
    assert_eq!(element(&place, "#login-error").inner_text(), "");
    let login: HtmlInputElement = element(&place, "input[name=login]").unchecked_into();
    assert_eq!(login.value(), "wang");
}

#[wasm_bindgen_test]
async fn the_language_changes_at_once_and_everywhere() {
    set_language(Language::En);
    let place = place();
    let _page = sign_in_form(&place);
    leptos::task::tick().await;
    assert_eq!(element(&place, "button[type=submit]").inner_text(), "Sign in");
    set_language(Language::ZhCn);
    leptos::task::tick().await;
    assert_eq!(element(&place, "button[type=submit]").inner_text(), "登录");
    assert_eq!(element(&place, "label[for=password]").inner_text(), "密码");
    let root = document().document_element().expect("a document");
    assert_eq!(root.get_attribute("lang").as_deref(), Some("zh-CN"));
}

#[wasm_bindgen_test]
async fn settings_that_cannot_be_read_are_said_in_words() {
    set_language(Language::En);
    let place = place();
    let _page = mount_to(place.clone(), || {
        view! { <App config=Err(countersign::api::ApiError::NotOurs) /> }
    });
    leptos::task::tick().await;
    assert!(
        element(&place, "[role=alert]")
            .inner_text()
            .contains("config.json")
    );
}

/// A device and the server price by the same rules: the server's side of this is in the tests of testkit.
#[wasm_bindgen_test]
fn ten_thousand_carts_cost_the_same_here_as_on_the_server() {
    use countersign_testkit::sample::carts::{CARTS, DIGEST, digest};
    let here = digest(CARTS, countersign_sync::fingerprint::fingerprint).expect("carts are plain data");
    assert_eq!(here, DIGEST);
}
