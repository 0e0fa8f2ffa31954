//! What codes mean: SKU codes and barcodes as people type, paste and scan them.

use countersign_domain::id::{CategoryId, CustomerId, ProductId};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::catalog::CatalogVariant;
use crate::endpoint::{NoContent, Pairs, QueryParams, endpoints};

endpoints! {
    /// What codes mean: SKU codes or barcodes, as a whole and in either case; an answer for each, in their order
    LookUpCodes = Get "/catalog/lookup" "look_up_codes" None true 200 ((), CodesQuery, NoContent) -> Vec<CodeAnswer>;
}

/// Most codes asked about at once.
pub const MAX_CODES: usize = 200;

/// Which codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct CodesQuery {
    /// The codes, one a line, at most 200.
    pub codes: String,
    /// The customer to whom they mean it, for staff who order on its behalf.
    pub customer: Option<CustomerId>,
}

impl CodesQuery {
    /// A question about these codes.
    pub fn of(codes: &[String]) -> Self {
        Self {
            codes: codes.join("\n"),
            customer: None,
        }
    }

    /// The codes, without lines that are empty.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.codes.lines().map(str::trim).filter(|code| !code.is_empty())
    }
}

impl QueryParams for CodesQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("codes", Some(&self.codes))
            .opt("customer", self.customer)
            .done()
    }
}

/// A code and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeAnswer {
    /// The code as it was asked for, without blanks around it.
    pub code: String,
    /// What it means to this customer.
    pub meaning: CodeMeaning,
}

/// What a code means to a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CodeMeaning {
    /// This can be ordered.
    Offered {
        /// On these terms.
        offer: Box<CodeOffer>,
    },
    /// Several can be ordered: a barcode that more than one of them has.
    Ambiguous {
        /// Each of them; its SKU code means just that one.
        offers: Vec<CodeOffer>,
    },
    /// What it means is not on sale. A device that answers by itself doesn't know what is not, and says that the code
    /// is unknown.
    OffSale,
    /// Nothing, or nothing this customer can see; the two are not told apart.
    Unknown,
}

/// A variant as the catalog shows it to this customer, with what is needed of its product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeOffer {
    /// The product.
    pub product_id: ProductId,
    /// Its category.
    pub category_id: CategoryId,
    /// Its name.
    pub product_name: LocalText,
    /// Path of its picture below the base of the API.
    pub picture: Option<String>,
    /// The variant.
    pub variant: CatalogVariant,
}
