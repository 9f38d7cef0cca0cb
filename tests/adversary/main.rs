mod allowed;
mod cases;
mod catalog;
mod chain;
mod mixtures;
mod refusals;
mod variants;
mod world;
