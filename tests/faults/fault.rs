//! The faults: what a node, a balancer before it or the wire between does to one request.

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The connection is reset before the node sees the request.
    DroppedBefore,
    /// The node does what it is asked, and the answer is lost.
    DroppedAfter,
    /// Nothing ever comes; the node saw nothing.
    HoleBefore,
    /// Nothing ever comes; the node did what it was asked.
    HoleAfter,
    /// The answer comes after so many seconds.
    Delay(u64),
    /// An HTTP status in the place of the node, with what it says in `Retry-After`.
    Status(u16, Option<&'static str>),
    /// An HTTP status in the place of the answer.
    StatusAfter(u16),
    /// A JSON-RPC error in the place of the node.
    Code(i64),
    /// A JSON-RPC error in the place of the answer.
    CodeAfter(i64),
    /// This body in the place of the answer.
    Body(&'static str),
    /// The answer, cut in the middle.
    CutBody,
    /// The answer as a broken compression leaves it: its bytes are no text.
    Garbled,
    /// A field of the answer, wherever it stands, is null.
    Null(&'static str),
    /// A field of the answer is missing.
    Missing(&'static str),
    /// A replica that is so many slots behind answers; it keeps to the least slot that it is asked for.
    Behind(u64),
    /// One that does not know what a least slot is.
    BehindAndDeaf(u64),
    /// A replica that keeps no history answers.
    NoHistory,
    /// A replica whose first block is of so many slots ago answers.
    YoungHistory(u64),
    /// The log is missing, or ends early.
    CutLog,
    /// The simulation says this, whatever is true.
    SimulationSays(&'static str),
    /// More than so many accounts, or signatures, at once are refused.
    Limit(usize),
    /// The same, but fewer are answered without a word.
    ShortAnswer(usize),
    /// What is sent is taken, and forgotten.
    Swallowed,
    /// What is sent waits for as many slots as its blockhash lives, less so many.
    LandsLate(u64),
    /// What is sent is in a block of a fork that is gone after so many slots; on the chain it is not.
    Forked(u64),
    /// What is sent is forwarded twice.
    Twice,
}

use Fault::{
    Behind, BehindAndDeaf, Body, Code, CodeAfter, CutBody, CutLog, Delay, DroppedAfter, DroppedBefore, Forked, Garbled,
    HoleAfter, HoleBefore, LandsLate, Limit, Missing, NoHistory, Null, ShortAnswer, SimulationSays, Status,
    StatusAfter, Swallowed, Twice, YoungHistory,
};

/// Every fault, each tried at every method, moment and flow.
pub const FAULTS: &[Fault] = &[
    DroppedBefore,
    DroppedAfter,
    HoleBefore,
    HoleAfter,
    Delay(1),
    Delay(12),
    Delay(100),
    Status(400, None),
    Status(401, None),
    Status(403, None),
    Status(404, None),
    Status(405, None),
    Status(408, None),
    Status(410, None),
    Status(413, None),
    Status(429, None),
    Status(429, Some("1")),
    Status(429, Some("60")),
    Status(429, Some("1000000000")),
    Status(429, Some("soon")),
    Status(500, None),
    Status(501, None),
    Status(502, None),
    Status(503, None),
    Status(503, Some("20")),
    Status(504, None),
    Status(522, None),
    StatusAfter(403),
    StatusAfter(429),
    StatusAfter(500),
    StatusAfter(502),
    StatusAfter(504),
    Code(-32_700),
    Code(-32_600),
    Code(-32_601),
    Code(-32_602),
    Code(-32_603),
    Code(-32_001),
    Code(-32_002),
    Code(-32_003),
    Code(-32_004),
    Code(-32_005),
    Code(-32_007),
    Code(-32_010),
    Code(-32_011),
    Code(-32_014),
    Code(-32_015),
    Code(-32_016),
    Code(-32_019),
    Code(-32_429),
    Code(429),
    Code(-1),
    CodeAfter(-32_601),
    CodeAfter(-32_603),
    CodeAfter(-32_005),
    Body(""),
    Body("<html>please log in</html>"),
    Body("[]"),
    Body("null"),
    Body("\"Service Unavailable\""),
    Body("{\"jsonrpc\":\"2.0\",\"id\":0}"),
    Body("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":null}"),
    Body("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"context\":{\"slot\":1},\"value\":[]}}"),
    Body("{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":\"no\"}"),
    CutBody,
    Garbled,
    Null("slot"),
    Null("value"),
    Null("context"),
    Null("err"),
    Null("status"),
    Null("confirmationStatus"),
    Null("confirmations"),
    Null("unitsConsumed"),
    Null("logs"),
    Null("meta"),
    Null("blockHeight"),
    Null("lastValidBlockHeight"),
    Missing("slot"),
    Missing("err"),
    Missing("confirmationStatus"),
    Missing("unitsConsumed"),
    Missing("absoluteSlot"),
    Behind(5),
    Behind(40),
    Behind(200),
    BehindAndDeaf(5),
    BehindAndDeaf(40),
    BehindAndDeaf(200),
    BehindAndDeaf(1_000),
    NoHistory,
    YoungHistory(1),
    YoungHistory(100),
    CutLog,
    SimulationSays("BlockhashNotFound"),
    SimulationSays("AlreadyProcessed"),
    SimulationSays("AccountInUse"),
    Limit(5),
    Limit(1),
    ShortAnswer(5),
    Swallowed,
    LandsLate(0),
    LandsLate(1),
    LandsLate(40),
    Forked(3),
    Forked(60),
    Twice,
];

/// When a fault happens: to these requests of a method, counted from 0.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub fault: Fault,
    /// `None` for every method.
    pub method: Option<&'static str>,
    pub from: u32,
    pub times: u32,
}

/// What goes wrong in a case.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub moments: Vec<Moment>,
    /// Slots that pass before what is sent is in a block.
    pub landing: u64,
    /// The process is killed at this request, and another one goes on.
    pub killed_at: Option<u32>,
}
