//! Every address is read back as the route it was written from.

use countersign_domain::workflow::Stage;

use super::{
    CatalogFilter, CatalogView, ListsPart, NoticesPlace, OrdersFilter, PromotionsFilter, QueueFilter,
    ReturnsFilter, Route, queue::RETURN_STAGES,
};

const ID: &str = "0190b9c4-8d5e-7a31-b1f0-5a3f6f2f9c10";

fn round_trip(route: &Route) -> Route {
    let path = route.to_path();
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    Route::parse(path, query)
}

#[test]
fn every_route_is_read_back_from_its_path() {
    let id = ID.parse().expect("a UUID");
    let routes = [
        Route::SignIn { then: None },
        Route::SignIn {
            then: Some("/orders?status=completed&q=a b".to_owned()),
        },
        Route::Home,
        Route::Catalog(CatalogFilter::default()),
        Route::Catalog(CatalogFilter {
            q: "矿泉水 50% & more".to_owned(),
            category: Some(ID.parse().expect("a UUID")),
            in_stock: true,
            favourite: true,
            bought: true,
            promoted: true,
            brands: vec!["南部".to_owned(), "a & b".to_owned()],
            tags: vec!["new".to_owned()],
            price_from: "10".to_owned(),
            price_to: "20.5".to_owned(),
            view: CatalogView::Sheet,
        }),
        Route::Product(ID.parse().expect("a UUID")),
        Route::Cart,
        Route::CartReview,
        Route::QuickOrder,
        Route::Orders(OrdersFilter {
            q: "DH-O+1".to_owned(),
            status: "sent_back,voided".to_owned(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-22".to_owned(),
            sort: "amount".to_owned(),
        }),
        Route::Order(id),
        Route::Workflow,
        Route::Returns(ReturnsFilter {
            q: "DH-R".to_owned(),
            status: "completed".to_owned(),
            ..ReturnsFilter::default()
        }),
        Route::Return(ID.parse().expect("a UUID")),
        Route::List(ID.parse().expect("a UUID")),
        Route::ListAgain(ID.parse().expect("a UUID")),
        Route::OrderAgain(id),
        Route::Notices(NoticesPlace::default()),
        Route::Notices(NoticesPlace {
            category: "goods".to_owned(),
            open: Some(ID.parse().expect("a UUID")),
        }),
        Route::ManagedNotices,
        Route::ManagedNotice(None),
        Route::ManagedNotice(Some(ID.parse().expect("a UUID"))),
        Route::Promotions(PromotionsFilter {
            q: "买赠".to_owned(),
            state: "running".to_owned(),
        }),
        Route::Promotion(ID.parse().expect("a UUID")),
        Route::NewPromotion { copy: None },
        Route::NewPromotion {
            copy: ID.parse().ok(),
        },
    ];
    for part in ListsPart::ALL {
        assert_eq!(round_trip(&Route::Lists(part)), Route::Lists(part));
    }
    for route in routes {
        assert_eq!(round_trip(&route), route);
        let (page, query) = route.page_and_query();
        assert_eq!(Route::parse(&page, &query), route);
    }
    for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Submit) {
        let route = Route::Queue {
            stage,
            open: Some(id),
            filter: QueueFilter {
                q: "王 & 李".to_owned(),
                region: ID.to_owned(),
                priority: "urgent".to_owned(),
                amount_from: "10.50".to_owned(),
                amount_to: "20".to_owned(),
                after: "deadline__7".to_owned(),
            },
        };
        assert_eq!(round_trip(&route), route);
    }
    for (stage, _) in RETURN_STAGES {
        let open = Route::ReturnQueue {
            stage,
            open: ID.parse().ok(),
            after: "oldest_7".to_owned(),
        };
        for route in [Route::return_queue(stage), open] {
            assert_eq!(round_trip(&route), route);
        }
    }
}

#[test]
fn what_is_no_page_is_not_found() {
    assert_eq!(Route::parse("/orders/17", ""), Route::NotFound);
    assert_eq!(Route::parse("/queues/lunch", ""), Route::NotFound);
    assert_eq!(Route::parse("/nowhere/at/all", ""), Route::NotFound);
}

#[test]
fn signing_in_never_leads_to_another_site() {
    for hostile in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "javascript%3A1",
    ] {
        let route = Route::parse("/sign-in", &format!("then={hostile}"));
        assert_eq!(route, Route::SignIn { then: None }, "{hostile}");
    }
}

#[test]
fn a_page_stays_the_same_whatever_is_open_in_it() {
    let id = ID.parse().expect("a UUID");
    let queue = |open| Route::Queue {
        stage: Stage::Ship,
        open,
        filter: QueueFilter::default(),
    };
    let orders = Route::Orders(OrdersFilter::default());
    assert!(queue(Some(id)).is_same_page(&queue(None)));
    assert!(!queue(None).is_same_page(&orders));
    assert!(!Route::Home.is_same_page(&Route::NotFound));
    assert!(orders.contains(&Route::Order(id)));
    assert!(!Route::Home.contains(&orders));
    assert!(!orders.contains(&orders));
}

#[test]
fn broken_escapes_are_read_as_they_stand() {
    let Route::Catalog(filter) = Route::parse("/catalog", "q=100%&category=x") else {
        panic!("not the catalog")
    };
    assert_eq!(filter.q, "100%");
    assert_eq!(filter.category, None);
}
