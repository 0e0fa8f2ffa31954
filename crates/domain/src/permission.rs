//! The 27 permissions and the seven built-in roles (domain.md section 2).

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])+ $name:ident;)+) => {
        /// What a staff account may be allowed to do. The wire names are these in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Permission {
            $($(#[$doc])+ $name,)+
        }

        impl Permission {
            /// Every permission, in the order of the glossary.
            pub const ALL: [Self; 27] = [$(Self::$name,)+];
        }
    };
}

permissions! {
    /// Place orders for a customer.
    OrderCreateOnBehalf;
    /// Pass the order review.
    OrderReview;
    /// Pass the finance review.
    OrderFinanceReview;
    /// Reserve stock and pass the outbound review; report production.
    OrderOutboundReview;
    /// Ship.
    OrderShip;
    /// Change quantities, dates and freight of an order under review.
    OrderModify;
    /// Set a special price or discount.
    OrderSpecialPrice;
    /// Send an order back to its customer.
    OrderSendBack;
    /// Void an order.
    OrderVoid;
    /// Enter a return for a customer.
    ReturnCreateOnBehalf;
    /// Pass or refuse the return review.
    ReturnReview;
    /// Confirm that returned goods arrived.
    ReturnReceiveGoods;
    /// Confirm a refund.
    ReturnRefund;
    /// Edit products and prices.
    ProductManage;
    /// Edit categories and units.
    CategoryUnitManage;
    /// Adjust stock.
    StockManage;
    /// Edit promotions.
    PromotionManage;
    /// Edit the customers' fund accounts.
    FundAccountManage;
    /// Confirm payments.
    PaymentConfirm;
    /// See the ledger.
    LedgerView;
    /// Let an order pass beyond its credit limit; pass the executive approval.
    CreditOverride;
    /// Edit customers.
    CustomerManage;
    /// Edit customer levels and regions.
    CustomerLevelRegionManage;
    /// Answer feedback.
    FeedbackManage;
    /// Publish notices.
    NoticeManage;
    /// See the reports.
    ReportView;
    /// Change the settings, the workflow among them.
    SettingsManage;
}

/// A set of permissions. On the wire: an array of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<Permission>))]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// No permission.
    pub const NONE: Self = Self(0);

    /// Every permission.
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    /// This set and one more.
    pub fn with(self, permission: Permission) -> Self {
        Self(self.0 | 1 << permission as u32)
    }

    /// What either set allows: the union, as when an account holds two roles.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `permission` is in the set.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & 1 << permission as u32 != 0
    }

    /// What of it is needed to work through the queues, and so can be handed over to a colleague: passing, mending and
    /// ending orders and returns, and the money that goes with them. Placing orders, master data and settings stay.
    pub fn of_queues(self) -> Self {
        use Permission as P;
        const QUEUES: [Permission; 13] = [
            P::OrderReview,
            P::OrderFinanceReview,
            P::OrderOutboundReview,
            P::OrderShip,
            P::OrderModify,
            P::OrderSpecialPrice,
            P::OrderSendBack,
            P::OrderVoid,
            P::ReturnReview,
            P::ReturnReceiveGoods,
            P::ReturnRefund,
            P::PaymentConfirm,
            P::CreditOverride,
        ];
        QUEUES
            .into_iter()
            .filter(|permission| self.has(*permission))
            .collect()
    }

    /// Whether any order permission is held, which implies seeing orders (`order_view`).
    pub fn sees_orders(self) -> bool {
        self.iter().any(|permission| permission <= Permission::OrderVoid)
    }

    /// Whether any order or return permission is held, which implies seeing returns.
    pub fn sees_returns(self) -> bool {
        self.iter()
            .any(|permission| permission <= Permission::ReturnRefund)
    }

    /// The permissions in the set, in the order of the glossary.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .into_iter()
            .filter(move |permission| self.has(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}

/// The roles every deployment starts with. They can be edited, and own roles added beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BuiltInRole {
    /// 系统管理员: everything, and the only one to add or remove staff accounts.
    SystemAdministrator,
    /// 业务负责人.
    BusinessLead,
    /// 订单审核员.
    OrderReviewer,
    /// 财务审核员.
    FinanceReviewer,
    /// 仓库管理员(出库审核).
    WarehouseReviewer,
    /// 发货员.
    Shipper,
    /// 区域经理: acts within its regions.
    RegionalManager,
}

impl BuiltInRole {
    /// All seven.
    pub const ALL: [Self; 7] = [
        Self::SystemAdministrator,
        Self::BusinessLead,
        Self::OrderReviewer,
        Self::FinanceReviewer,
        Self::WarehouseReviewer,
        Self::Shipper,
        Self::RegionalManager,
    ];

    /// What the role may do until somebody edits it (domain.md section 2).
    pub fn default_permissions(self) -> PermissionSet {
        use Permission as P;
        let list: &[P] = match self {
            Self::SystemAdministrator => &P::ALL,
            Self::BusinessLead => &[
                P::OrderCreateOnBehalf,
                P::OrderReview,
                P::OrderModify,
                P::OrderSpecialPrice,
                P::OrderSendBack,
                P::OrderVoid,
                P::ReturnCreateOnBehalf,
                P::ReturnReview,
                P::ProductManage,
                P::CategoryUnitManage,
                P::PromotionManage,
                P::CustomerManage,
                P::CustomerLevelRegionManage,
                P::FeedbackManage,
                P::NoticeManage,
                P::ReportView,
                P::LedgerView,
                P::CreditOverride,
            ],
            Self::OrderReviewer => &[
                P::OrderCreateOnBehalf,
                P::OrderReview,
                P::OrderModify,
                P::OrderSendBack,
                P::OrderVoid,
                P::ReturnCreateOnBehalf,
                P::ReturnReview,
                P::FeedbackManage,
            ],
            Self::FinanceReviewer => &[
                P::OrderFinanceReview,
                P::OrderSendBack,
                P::ReturnRefund,
                P::FundAccountManage,
                P::PaymentConfirm,
                P::LedgerView,
                P::ReportView,
            ],
            Self::WarehouseReviewer => &[
                P::OrderOutboundReview,
                P::OrderSendBack,
                P::ReturnReceiveGoods,
                P::StockManage,
            ],
            Self::Shipper => &[P::OrderShip],
            Self::RegionalManager => &[
                P::OrderCreateOnBehalf,
                P::OrderReview,
                P::ReturnCreateOnBehalf,
                P::ReturnReview,
                P::CustomerManage,
                P::FeedbackManage,
                P::ReportView,
            ],
        };
        list.iter().copied().collect()
    }
}
