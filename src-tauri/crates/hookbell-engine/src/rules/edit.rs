//! Changes rules: save, enable, disable, move, delete, import and export.

use hookbell_core::rules::{Action, Rule, RuleError, check};

use super::{MAX_RULES, Rules, kept, no_such_rule};
use crate::api::{
    ApiError, EnableRuleRequest, ExportRulesReply, ExportRulesRequest, ImportRulesRequest, ListedRule, MoveRuleRequest,
    RuleRequest, SaveRuleRequest,
};

/// The longest rules file.
const MAX_FILE_BYTES: usize = 1 << 20;

impl Rules {
    /// Adds a new rule after the others, or replaces an existing one's document.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at the document's invalid field,
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn save(&self, request: SaveRuleRequest) -> Result<ListedRule, ApiError> {
        let (document, rule) = checked(request.rule)?;
        let (store, now) = (&self.context.store, self.context.clock.now());
        let id = match request.id {
            Some(id) => {
                let is_there = store.update_rule(id, document, rule.enabled, now).await?;
                is_there.then_some(id).ok_or_else(no_such_rule)?
            }
            None => store.add_rule(document, rule.enabled, false, MAX_RULES, now).await?.ok_or_else(too_many)?,
        };
        self.one(id).await
    }

    /// Enables or disables a rule. Enabling an imported rule that contains a command counts as its review.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] for a rule that can't be parsed.
    pub async fn enable(&self, request: EnableRuleRequest) -> Result<ListedRule, ApiError> {
        let stored = self.context.store.rule(request.id).await?.ok_or_else(no_such_rule)?;
        let rule = kept::document(&stored)
            .map_err(|error| ApiError::field("rule", format!("this rule can’t be read: {error}"), "delete it"))?;
        self.save(SaveRuleRequest { id: Some(request.id), rule: Rule { enabled: request.enabled, ..rule } }).await
    }

    /// Moves a rule before another one, or to the end.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if one of them doesn't exist.
    pub async fn move_to(&self, request: MoveRuleRequest) -> Result<Vec<ListedRule>, ApiError> {
        match self.context.store.move_rule(request.id, request.before).await? {
            true => self.list().await,
            false => Err(no_such_rule()),
        }
    }

    /// Deletes a rule. Its pending runs are still done.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn delete(&self, request: RuleRequest) -> Result<Vec<ListedRule>, ApiError> {
        match self.context.store.delete_rule(request.id).await? {
            true => self.list().await,
            false => Err(no_such_rule()),
        }
    }

    /// Adds the rules of a file after the others, all or none. A rule that contains a command stays off until
    /// somebody enables it here.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `text`, or at the document's invalid field.
    pub async fn import(&self, request: ImportRulesRequest) -> Result<Vec<ListedRule>, ApiError> {
        let mut documents = Vec::new();
        for rule in read_file(&request.text)? {
            let runs_command = rule.then.iter().any(|action| matches!(action, Action::Run(_)));
            let (document, rule) = checked(rule)?;
            documents.push((document, rule.enabled && !runs_command, runs_command));
        }
        let (store, now) = (&self.context.store, self.context.clock.now());
        if store.rules().await?.len() + documents.len() > MAX_RULES as usize {
            return Err(too_many());
        }
        let mut added = Vec::new();
        for (document, enabled, unreviewed) in documents {
            let id = store.add_rule(document, enabled, unreviewed, MAX_RULES, now).await?;
            added.push(id.ok_or_else(too_many)?);
        }
        Ok(self.list().await?.into_iter().filter(|rule| added.contains(&rule.id)).collect())
    }

    /// Exports rules as a file that [`Rules::import`] reads.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if one of them doesn't exist.
    pub async fn export(&self, request: ExportRulesRequest) -> Result<ExportRulesReply, ApiError> {
        let mut rules = Vec::new();
        for id in &request.ids {
            let stored = self.context.store.rule(*id).await?.ok_or_else(no_such_rule)?;
            let rule =
                kept::document(&stored).map_err(|error| ApiError::field("ids", error, "don’t select this rule"))?;
            rules.push(rule);
        }
        let text = match &rules[..] {
            [rule] => serde_json::to_string_pretty(rule),
            rules => serde_json::to_string_pretty(rules),
        };
        Ok(ExportRulesReply { text: text.unwrap_or_default() })
    }
}

/// The document as stored, and the rule.
fn checked(rule: Rule) -> Result<(String, Rule), ApiError> {
    let rule = Rule { name: rule.name.trim().to_owned(), ..rule };
    let compiled = check(rule).map_err(|error| refused(&error))?;
    let document = serde_json::to_string(compiled.rule()).unwrap_or_default();
    Ok((document, compiled.rule().clone()))
}

fn refused(error: &RuleError) -> ApiError {
    ApiError::field(&error.field, error.message.clone(), "change it, then save the rule again")
}

fn too_many() -> ApiError {
    ApiError::field("name", format!("you already have {MAX_RULES} rules"), "delete one you don’t need")
}

fn read_file(text: &str) -> Result<Vec<Rule>, ApiError> {
    let refused = |message: String| ApiError::field("text", message, "use a file from Export, or see docs/rules.md");
    if text.len() > MAX_FILE_BYTES {
        return Err(refused("the file is larger than 1 MiB".to_owned()));
    }
    let is_list = text.trim_start().starts_with('[');
    let read = match is_list {
        true => serde_json::from_str(text),
        false => serde_json::from_str(text).map(|rule| vec![rule]),
    };
    read.map_err(|error| refused(format!("not a valid rule: {error}")))
}
