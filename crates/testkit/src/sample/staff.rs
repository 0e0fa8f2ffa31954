//! The wholesaler's staff accounts.

use super::Text;
use super::customers::Region;

/// A built-in role (domain.md section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 系统管理员.
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
    /// 区域经理.
    RegionalManager,
}

impl Role {
    /// Every built-in role.
    pub const ALL: [Self; 7] = [
        Self::SystemAdministrator,
        Self::BusinessLead,
        Self::OrderReviewer,
        Self::FinanceReviewer,
        Self::WarehouseReviewer,
        Self::Shipper,
        Self::RegionalManager,
    ];
}

/// A staff account. The password is [`super::DEMO_PASSWORD`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    /// What is typed to sign in.
    pub login: &'static str,
    /// The person's name.
    pub name: Text,
    /// The account's role.
    pub role: Role,
    /// The regions it is limited to; none means all of them.
    pub regions: &'static [Region],
    /// Whether it is the account the demo offers for its role.
    pub is_demo: bool,
}

/// Reviews orders of all regions.
pub const REVIEW: &str = "review";
/// The business lead.
pub const LEAD: &str = "lead";
/// The finance reviewer.
pub const FINANCE: &str = "finance";
/// The warehouse reviewer.
pub const WAREHOUSE: &str = "warehouse";
/// The second warehouse reviewer, for the second check.
pub const WAREHOUSE_SECOND: &str = "warehouse2";
/// The shipper.
pub const SHIP: &str = "ship";
/// The manager of the southern regions.
pub const REGION: &str = "region";
/// Reviews orders of East and Central China only.
pub const REVIEW_EAST: &str = "review-east";

/// Every staff account.
pub const STAFF: [Staff; 9] = [
    Staff {
        login: "admin",
        name: Text::new("林知远", "Lin Zhiyuan"),
        role: Role::SystemAdministrator,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: LEAD,
        name: Text::new("苏曼", "Su Man"),
        role: Role::BusinessLead,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: REVIEW,
        name: Text::new("陈立", "Chen Li"),
        role: Role::OrderReviewer,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: FINANCE,
        name: Text::new("何静", "He Jing"),
        role: Role::FinanceReviewer,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: WAREHOUSE,
        name: Text::new("孟大山", "Meng Dashan"),
        role: Role::WarehouseReviewer,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: SHIP,
        name: Text::new("江小舟", "Jiang Xiaozhou"),
        role: Role::Shipper,
        regions: &[],
        is_demo: true,
    },
    Staff {
        login: REGION,
        name: Text::new("赵南星", "Zhao Nanxing"),
        role: Role::RegionalManager,
        regions: &[Region::South, Region::Southwest],
        is_demo: true,
    },
    Staff {
        login: WAREHOUSE_SECOND,
        name: Text::new("白露", "Bai Lu"),
        role: Role::WarehouseReviewer,
        regions: &[],
        is_demo: false,
    },
    Staff {
        login: REVIEW_EAST,
        name: Text::new("方圆", "Fang Yuan"),
        role: Role::OrderReviewer,
        regions: &[Region::East, Region::Central],
        is_demo: false,
    },
];

/// The account with that login.
pub fn find(login: &str) -> Option<&'static Staff> {
    STAFF.iter().find(|staff| staff.login == login)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::sample::customers::customers;

    #[test]
    fn every_role_has_one_demo_account() {
        for role in Role::ALL {
            assert_eq!(
                STAFF
                    .iter()
                    .filter(|staff| staff.role == role && staff.is_demo)
                    .count(),
                1,
                "{role:?}"
            );
        }
    }

    #[test]
    fn logins_are_unique_across_both_sides() {
        let staff = STAFF.iter().map(|staff| staff.login);
        let all: Vec<_> = staff
            .chain(customers().iter().map(|customer| customer.login))
            .collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
