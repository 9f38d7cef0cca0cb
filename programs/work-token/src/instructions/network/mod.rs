//! A network: its creation, its authorities and parameters within bounds, its vaults' payments, a pause,
//! outages, classes of jobs, models.

pub mod accept_authority;
pub mod accounts;
pub mod cancel_params;
pub mod close_draft;
pub mod create_network;
pub mod draft_params;
pub mod execute_params;
pub mod pause;
pub mod pay_insurance;
pub mod pay_treasury;
pub mod propose_authority;
pub mod propose_params;
pub mod record_outage;
pub mod refresh_note;
pub mod set_job_class;
pub mod set_model;
pub mod sweep_surplus;
pub mod unpause;
