//! What the wholesaler tells its customers and its staff.

use super::Text;
use super::catalog::Level;
use super::customers::Region;

/// What a notice is about (domain.md section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// 公司.
    Company,
    /// 商品.
    Goods,
    /// 促销.
    Promotion,
    /// 物流.
    Delivery,
    /// 政策.
    Terms,
}

/// For whom a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Customers and staff.
    Everyone,
    /// Customers of these levels in these regions; none means all of them.
    Customers(&'static [Level], &'static [Region]),
    /// Staff.
    Staff,
}

/// A notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What tells it from the others.
    pub key: &'static str,
    /// What it is about.
    pub category: Category,
    /// Its title.
    pub title: Text,
    /// What it says.
    pub text: Text,
    /// For whom it is.
    pub audience: Audience,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// Hours before now at which it was first shown; after now where it is less than nothing.
    pub hours_ago: i32,
}

/// Every notice, the newest first.
pub const NOTICES: [Notice; 7] = [
    Notice {
        key: "price-list",
        category: Category::Terms,
        title: Text::new("食用油价格表下月调整", "New prices for cooking oil next month"),
        text: Text::new(
            "受原料成本影响，食用油系列的价格将于下月一日起调整，平均上调 3%。\n本月内提交的订单按现价执行。",
            "Because of the cost of raw material, prices of cooking oil change on the first of next month, by 3% on average.\nOrders submitted this month are charged at today's prices.",
        ),
        audience: Audience::Customers(&[], &[]),
        is_pinned: false,
        hours_ago: -72,
    },
    Notice {
        key: "stocktaking",
        category: Category::Delivery,
        title: Text::new(
            "本周六仓库盘点，暂停发货一天",
            "Stocktaking on Saturday: nothing leaves that day",
        ),
        text: Text::new(
            "本周六主仓全天盘点，当天不发货。\n周五 16:00 前通过审核的订单照常发出，其余顺延至下周一。\n急需的商品请提前下单，或联系您的业务员。",
            "The main warehouse counts its stock all Saturday and ships nothing.\nOrders that pass the review by 16:00 on Friday leave as usual, all others on Monday.\nPlease order early what you need soon, or call your sales contact.",
        ),
        audience: Audience::Everyone,
        is_pinned: true,
        hours_ago: 5,
    },
    Notice {
        key: "new-drinks",
        category: Category::Goods,
        title: Text::new("无糖茶饮新品上架", "New: unsweetened tea"),
        text: Text::new(
            "无糖茉莉花茶、无糖乌龙茶现已上架，500 毫升，每箱 15 瓶。\n首批到货有限，可在商品目录中搜索“无糖”查看。",
            "Unsweetened jasmine and oolong tea are in the catalog now, 500 ml, 15 bottles to the case.\nThe first delivery is small; search the catalog for \"unsweetened\" to find them.",
        ),
        audience: Audience::Customers(&[], &[]),
        is_pinned: false,
        hours_ago: 30,
    },
    Notice {
        key: "dealer-rebate",
        category: Category::Promotion,
        title: Text::new("经销商第四季度返点说明", "Dealers: rebate of the fourth quarter"),
        text: Text::new(
            "第四季度累计订货满 30 万元的经销商，返点比例由 1% 提高到 1.5%。\n返点在季度结束后 15 个工作日内记入返点账户。",
            "Dealers who order for 300,000 or more in the fourth quarter get 1.5% back instead of 1%.\nIt is credited to the rebate account within 15 working days of the end of the quarter.",
        ),
        audience: Audience::Customers(&[Level::Dealer], &[]),
        is_pinned: false,
        hours_ago: 76,
    },
    Notice {
        key: "southern-carrier",
        category: Category::Delivery,
        title: Text::new(
            "华南、西南更换承运商",
            "Another carrier in the South and Southwest",
        ),
        text: Text::new(
            "华南、西南地区的零担运输改由新的承运商负责，送达时间基本不变。\n运单号以新单据为准，可在订单的发货单中查看。",
            "Part loads to the South and Southwest go with another carrier from now on; the time to delivery stays about the same.\nIts tracking numbers are with the shipments of each order.",
        ),
        audience: Audience::Customers(&[], &[Region::South, Region::Southwest]),
        is_pinned: false,
        hours_ago: 120,
    },
    Notice {
        key: "peak-season",
        category: Category::Company,
        title: Text::new("旺季审核排班", "Reviewing in the peak season"),
        text: Text::new(
            "旺季期间订单审核延长到 20:00，周末安排一人值班。\n加急订单请优先处理，不能按时完成的及时告知业务负责人。",
            "In the peak season orders are reviewed until 20:00, with one person on duty at weekends.\nUrgent orders go first; tell the business lead early about any that will be late.",
        ),
        audience: Audience::Staff,
        is_pinned: false,
        hours_ago: 50,
    },
    Notice {
        key: "welcome",
        category: Category::Company,
        title: Text::new("在线订货平台上线", "Ordering online has begun"),
        text: Text::new(
            "现在可以在电脑和手机上随时订货、查看订单进度和对账。\n没有网络时也能下单，恢复连接后自动提交。\n使用中有任何问题，请联系您的业务员。",
            "You can now order, follow your orders and check your account from a computer or a phone at any time.\nOrders can be written without a connection, too; they are submitted once there is one.\nPlease call your sales contact with any question.",
        ),
        audience: Audience::Everyone,
        is_pinned: false,
        hours_ago: 24 * 40,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn notices_differ_and_say_something_in_both_languages() {
        let keys: HashSet<_> = NOTICES.iter().map(|notice| notice.key).collect();
        assert_eq!(keys.len(), NOTICES.len());
        for notice in NOTICES {
            for text in [notice.title, notice.text] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", notice.key);
            }
        }
    }

    #[test]
    fn one_is_pinned_and_one_is_still_to_come() {
        assert_eq!(NOTICES.iter().filter(|notice| notice.is_pinned).count(), 1);
        assert_eq!(NOTICES.iter().filter(|notice| notice.hours_ago < 0).count(), 1);
    }
}
