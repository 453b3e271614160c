//! Builds, their testers, and distributing one to the other, against the simulator.

mod builds;
mod going_out;
mod testers;

use hookbell_engine::api::{
    BuildRequest, BuildsRequest, DistributeRequest, Distribution, DistributionPlan, DistributionRequest,
    DistributionState, DistributionStepName, DistributionStepState,
};

use hookbell_sim::Fault;

use crate::asc::Desk;

/// Backyard Birds.
pub const BIRDS: &str = "6479283016";

/// Ready to be submitted, of version 3.3. Its only text is empty.
pub const READY: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418";

/// With testers, of version 3.3.
pub const TESTING: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";

/// An external group.
pub const BIRDWATCHERS: &str = "77b1f0de-2f0a-4f5e-8f3d-0c9a5d1e4a02";

/// The internal group that gets every build.
pub const STAFF: &str = "77b1f0de-2f0a-4f5e-8f3d-0c9a5d1e4a01";

impl Desk {
    pub fn builds(&self, refresh: bool) -> BuildsRequest {
        BuildsRequest { account: Some(self.account.clone()), app: BIRDS.to_owned(), refresh, before: None, limit: 200 }
    }

    pub fn build(&self, build: &str) -> BuildRequest {
        BuildRequest { account: Some(self.account.clone()), app: BIRDS.to_owned(), build: build.to_owned() }
    }

    pub fn out(&self, build: &str, plan: DistributionPlan) -> DistributeRequest {
        DistributeRequest {
            account: Some(self.account.clone()),
            app: BIRDS.to_owned(),
            build: Some(build.to_owned()),
            upload: None,
            plan,
        }
    }

    /// The plan once it is in this state.
    pub async fn reaches(&self, id: i64, state: DistributionState) -> Distribution {
        let mut changes = self.studio.hookbell.store().changes();
        let wait = async {
            loop {
                changes.mark_unchanged();
                let plan = self.studio.hookbell.distributions().one(DistributionRequest { id }).await.unwrap();
                if plan.state == state {
                    return plan;
                }
                changes.changed().await.unwrap();
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(30), wait).await;
        match waited {
            Ok(plan) => plan,
            Err(_) => {
                let plan = self.studio.hookbell.distributions().one(DistributionRequest { id }).await.unwrap();
                panic!("the plan did not reach {state:?}: {plan:#?}")
            }
        }
    }

    /// Makes calls of an operation fail with a status.
    pub fn fails_with(&self, operation: &str, status: u16, count: u32) {
        let operation = Some(operation.to_owned());
        let fault = Fault { operation, status: Some(status), count: Some(count), ..Fault::default() };
        self.simulator.add_fault(fault).unwrap();
    }

    /// How often an operation of App Store Connect was called.
    pub fn asked_for(&self, operation: &str) -> u64 {
        self.simulator.counts().operations.get(operation).copied().unwrap_or_default()
    }
}

/// The state of a plan's step.
pub fn state(plan: &Distribution, name: DistributionStepName) -> DistributionStepState {
    plan.steps.iter().find(|step| step.check.name == name).unwrap().check.state
}
