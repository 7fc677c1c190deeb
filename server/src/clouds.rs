//! The clouds that one can sign in to, and signing in.

mod custom;

use std::{fmt, sync::Arc};

use api::{
    error::{ApiError, FieldErrors},
    session::{AssumeRole, Assumed, CUSTOM, CloudInfo, CloudKind, DemoOptions, NewPassword, PasswordSignIn, SessionInfo, SignIn},
};
use cloud::{Target, assume_role, change_own_password, change_password};

use crate::session::{Session, Sessions};

pub use custom::Custom;

/// The configured clouds. Cheap to clone.
#[derive(Clone)]
pub struct Clouds(Arc<Inner>);

struct Inner {
    targets: Vec<Arc<Target>>,
    open_account: Option<OpenAccount>,
    custom: Option<Custom>,
}

/// Makes a demo account for a session that asks for one: its keys are then signed in with like any others.
pub type OpenAccount = Box<dyn Fn(&DemoOptions) -> Result<AccountKeys, String> + Send + Sync>;

/// The keys of a demo account.
pub struct AccountKeys {
    pub access_key_id: String,
    pub secret_access_key: String,
}

impl Clouds {
    /// The first is the one that the sign-in page proposes.
    pub fn new(targets: Vec<Arc<Target>>, open_account: Option<OpenAccount>) -> Self {
        Self::with(targets, open_account, None)
    }

    /// The same, with clouds that users name.
    pub fn with(targets: Vec<Arc<Target>>, open_account: Option<OpenAccount>, custom: Option<Custom>) -> Self {
        Self(Arc::new(Inner { targets, open_account, custom }))
    }

    pub fn infos(&self) -> Vec<CloudInfo> {
        let configured = self.0.targets.iter().map(|target| target.info.clone());
        configured.chain(self.0.custom.as_ref().map(|_| Custom::info())).collect()
    }

    /// The cloud of this key: configured, or one that a user has named.
    pub fn target(&self, key: &str) -> Option<Arc<Target>> {
        let configured = self.0.targets.iter().find(|target| target.info.key == key).cloned();
        configured.or_else(|| self.0.custom.as_ref()?.target(key))
    }

    /// Where somebody wants to sign in.
    fn wanted(&self, given: &SignIn) -> Result<Arc<Target>, ApiError> {
        match &self.0.custom {
            Some(custom) if given.cloud == CUSTOM => {
                custom.named(&given.endpoint, &given.endpoint_region).map_err(|(field, message)| invalid(field, message))
            }
            _ => self.target(&given.cloud).ok_or_else(|| invalid("cloud", "Choose a cloud.")),
        }
    }

    /// What tries to sign in are counted for: a cloud, all that users name together.
    pub fn tried_cloud(&self, given: &SignIn) -> String {
        let key = self.wanted(given).map(|target| target.info.key.clone()).unwrap_or_default();
        if key.starts_with(CUSTOM) { CUSTOM.to_owned() } else { key }
    }

    /// What the keys or the password are tried for; `None` where none are needed.
    pub fn tried_account(&self, given: &SignIn) -> Option<String> {
        let target = self.wanted(given).ok()?;
        let kind = target.info.kind;
        if given.is_by_password(kind) {
            return Some(format!("{}\0{}", given.password.account.trim(), given.password.user.trim()));
        }
        let is_open = kind == CloudKind::Demo && given.access_key_id.is_empty();
        // At the same key of another cloud nothing is guessed that would open this one.
        let place = if target.info.key.starts_with(CUSTOM) { target.info.key.as_str() } else { "" };
        (!is_open).then(|| format!("{place}{}", given.access_key_id.trim()))
    }

    /// Exchanges credentials for a session. What was given is dropped here; the session holds what the cloud gave for it.
    pub async fn sign_in(&self, mut given: SignIn, sessions: &Sessions) -> Result<Session, ApiError> {
        let target = self.wanted(&given)?;
        let errors = given.check(target.info.kind);
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        let regions = &target.info.regions;
        // Where there is a choice of regions it is that of a configured cloud.
        if given.region.is_empty() || given.cloud == CUSTOM {
            given.region.clone_from(regions.first().expect("a cloud has regions"));
        } else if !regions.contains(&given.region) {
            return Err(invalid("region", "This cloud has no region of this name."));
        }
        if target.info.kind == CloudKind::Demo && given.access_key_id.is_empty() {
            self.open_account(&mut given)?;
        }
        let signed = cloud::sign_in(&target, &given).await?;
        let account_name = given.is_by_password(target.info.kind).then(|| given.password.account.trim().to_owned());
        let info = SessionInfo {
            identity: String::new(),
            cloud: target.info.clone(),
            account: signed.account,
            account_name,
            arn: signed.arn,
            user: signed.user,
            region: given.region,
            expires_at: sessions.end_of(signed.expires_at),
            assumed: None,
        };
        Ok(Session::new(info, target, signed.credentials))
    }

    /// Takes a role on as somebody who is signed in. It ends with them at the latest: nobody has shown who they are since.
    pub async fn assume_role(&self, from: &Session, given: &AssumeRole, sessions: &Sessions) -> Result<Session, ApiError> {
        let errors = given.check();
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        let of = from.info();
        let role = given.arn(of);
        let signed = assume_role(&from.cloud(&of.region)?, &role, given).await?;
        let assumed = Assumed { from: of.identity.clone(), role, session_name: given.session_name.trim().to_owned() };
        let info = SessionInfo {
            account: signed.account,
            account_name: None,
            arn: signed.arn,
            user: signed.user,
            expires_at: sessions.end_of(signed.expires_at).min(of.expires_at),
            assumed: Some(assumed),
            ..of.clone()
        };
        Ok(Session::new(info, Arc::clone(from.target()), signed.credentials))
    }

    /// Puts a new password in the place of the old one of whoever is signed in.
    pub async fn change_password(&self, of: &Session, given: NewPassword) -> Result<(), ApiError> {
        let errors = given.check();
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        let info = of.info();
        let Some(account) = info.account_name.clone() else { return change_own_password(&of.cloud(&info.region)?, &given).await };
        let NewPassword { password, new_password, new_password_again } = given;
        let given = PasswordSignIn { account, user: info.user.clone(), password, new_password, new_password_again };
        change_password(of.target(), &info.region, &given).await
    }

    fn open_account(&self, given: &mut SignIn) -> Result<(), ApiError> {
        let open = self.0.open_account.as_ref().expect("there is a demo cloud only where accounts can be opened");
        let keys = open(&given.demo).map_err(|message| invalid("demo", &message))?;
        given.access_key_id = keys.access_key_id;
        given.secret_access_key = keys.secret_access_key;
        Ok(())
    }
}

fn invalid(field: &str, message: &str) -> ApiError {
    ApiError::invalid(FieldErrors::from([(field.to_owned(), message.to_owned())]))
}

impl fmt::Debug for Clouds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.targets.iter().map(|target| &target.info.key)).finish()
    }
}
