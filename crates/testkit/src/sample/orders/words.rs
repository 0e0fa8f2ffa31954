//! What people write in the sample orders.

use crate::sample::Text;

/// Notes of customers.
pub(super) const NOTES: [Text; 12] = [
    Text::new(
        "周末有促销，请尽量周五前到货。",
        "We have a weekend promotion, please deliver by Friday if you can.",
    ),
    Text::new(
        "送货前请提前半小时电话联系。",
        "Please call half an hour before delivery.",
    ),
    Text::new(
        "冷藏商品请单独装箱。",
        "Please pack the chilled goods separately.",
    ),
    Text::new(
        "上次有两箱外包装受潮，这次请注意防水。",
        "Two cases came damp last time; please keep these dry.",
    ),
    Text::new(
        "老店翻新，请送到后门卸货。",
        "The shop is being redone, please unload at the back door.",
    ),
    Text::new(
        "生产日期请安排最近三个月内的。",
        "Please send goods produced within the last three months.",
    ),
    Text::new(
        "发票随货同行，谢谢。",
        "Please send the invoice with the goods, thank you.",
    ),
    Text::new(
        "月底盘点，28日之后再送。",
        "Stocktaking at month's end, please deliver after the 28th.",
    ),
    Text::new(
        "新店开业用，数量请核对准确。",
        "For a shop opening; please check the quantities carefully.",
    ),
    Text::new(
        "玻璃瓶请加厚防撞。",
        "Extra padding for the glass bottles, please.",
    ),
    Text::new(
        "可以分两车送，冷冻的先到。",
        "Two trips are fine, frozen goods first.",
    ),
    Text::new(
        "和上周的订单一起送更好。",
        "Delivering with last week's order would be best.",
    ),
];

/// Why the review cuts a quantity.
pub(super) const CUTS: [Text; 3] = [
    Text::new(
        "本批到货不足，先供应现有数量，余量下次补齐。",
        "This batch came in short; we supply what there is and the rest next time.",
    ),
    Text::new(
        "该批次质检未全部放行，数量相应调减。",
        "Part of this batch has not been released by quality control.",
    ),
    Text::new(
        "促销配额按客户均分，数量调整为配额。",
        "The promotion's quota is shared among customers; set to your share.",
    ),
];

/// Why the review grants a special price.
pub(super) const DISCOUNTS: [Text; 3] = [
    Text::new(
        "临近换季清仓，按约定给予折让。",
        "End-of-season clearance, discount as agreed.",
    ),
    Text::new(
        "补偿上次破损，本单给予优惠。",
        "Makes up for last time's breakage.",
    ),
    Text::new("新品试销支持价。", "Introductory price for a new product."),
];

/// Why an order is sent back.
pub(super) const SENT_BACK: [Text; 5] = [
    Text::new(
        "收货地址缺少门牌号，请补充后重新提交。",
        "The delivery address has no house number; please add it and submit again.",
    ),
    Text::new(
        "其中两个单品即将停产，请更换后再提交。",
        "Two of the items are being discontinued; please replace them.",
    ),
    Text::new(
        "期望到货日早于最短备货期，请调整日期。",
        "The wished date is before the shortest lead time; please choose another.",
    ),
    Text::new(
        "与昨日订单内容重复，请确认是否需要。",
        "This repeats yesterday's order; please confirm that you need both.",
    ),
    Text::new(
        "账期额度不足，请先回款或减少数量。",
        "The credit limit does not cover it; please pay first or order less.",
    ),
];

/// Why an order is voided.
pub(super) const VOIDED: [Text; 4] = [
    Text::new(
        "客户来电取消，活动延期。",
        "Cancelled by telephone: the event has been put off.",
    ),
    Text::new("重复下单，保留另一张。", "Ordered twice; the other order stands."),
    Text::new(
        "超过三天未付款，与客户确认后作废。",
        "Not paid within three days; voided with the customer's agreement.",
    ),
    Text::new(
        "门店装修停业，本单不再需要。",
        "The shop is closed for works, the order is not needed.",
    ),
];

/// What customers write when something did not arrive whole.
pub(super) const CLAIMS: [Text; 4] = [
    Text::new(
        "外箱压坏，里面有破损，已拍照。",
        "The case was crushed and goods inside are broken; photos taken.",
    ),
    Text::new("实收比送货单少一件。", "One less than the delivery note says."),
    Text::new("玻璃瓶在途中碎裂。", "Glass bottles broke on the way."),
    Text::new(
        "冷冻品到货时已软化，拒收该件。",
        "Frozen goods had softened on arrival; that piece was refused.",
    ),
];

/// Who carries the goods, with the letters their tracking numbers begin with.
pub(super) const CARRIERS: [(Text, &str); 4] = [
    (Text::new("自有车队", "Own fleet"), "ZC"),
    (Text::new("驰畅城配", "Chichang City Freight"), "CC"),
    (Text::new("北斗岭冷链", "Beidouling Cold Chain"), "BL"),
    (Text::new("万埠物流", "Wanbu Logistics"), "WB"),
];
