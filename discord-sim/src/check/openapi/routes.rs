//! Finds a request's operation in the description.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::schema::escape;

const SNOWFLAKE: &str = "#/components/schemas/SnowflakeType";

pub(super) struct Routes(Vec<Route>);

struct Route {
    template: String,
    segments: Vec<Segment>,
    operations: BTreeMap<String, Operation>,
}

enum Segment {
    Literal(String),
    /// An id, as digits.
    Snowflake,
    Any,
}

/// One method on one path.
pub(super) struct Operation {
    pub(super) body: Option<RequestBody>,
}

/// Pointers to the schemas of a request's body, by encoding.
pub(super) struct RequestBody {
    pub(super) required: bool,
    pub(super) json: Option<String>,
    pub(super) multipart: Option<String>,
}

/// Drops responses from the description: they are half of it, and only requests are checked.
pub(super) fn keep_requests(document: &mut Value) {
    for item in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            if let Some(operation) = operation.as_object_mut() {
                operation.remove("responses");
            }
        }
    }
}

impl Routes {
    pub(super) fn read(document: &Value) -> Self {
        let paths = document["paths"].as_object();
        Self(paths.into_iter().flatten().map(|(path, item)| Route::read(path, item)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path's template and operation. Of several matching templates the most literal wins: `…/messages/@original`
    /// rather than `…/messages/{message_id}`.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<(&str, &Operation)> {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        let method = method.to_ascii_lowercase();
        let fitting = self.0.iter().filter(|route| route.fits(&segments));
        fitting
            .filter_map(|route| Some((route, route.operations.get(&method)?)))
            .max_by_key(|(route, _)| route.literals())
            .map(|(route, operation)| (route.template.as_str(), operation))
    }
}

impl Route {
    fn read(path: &str, item: &Value) -> Self {
        let parameters: Vec<&Value> = item["parameters"].as_array().into_iter().flatten().collect();
        let segment = |text: &str| {
            let Some(name) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
                return Segment::Literal(text.to_owned());
            };
            let described = parameters.iter().find(|parameter| parameter["name"] == name);
            let is_id = described.is_some_and(|parameter| parameter["schema"]["$ref"] == SNOWFLAKE);
            if is_id { Segment::Snowflake } else { Segment::Any }
        };
        let operations = item.as_object().into_iter().flatten().filter(|(method, _)| *method != "parameters");
        let pointer = |method: &str| format!("/paths/{}/{method}", escape(path));
        Self {
            template: path.to_owned(),
            segments: path.trim_matches('/').split('/').map(segment).collect(),
            operations: operations
                .map(|(method, operation)| (method.clone(), Operation::read(operation, &pointer(method))))
                .collect(),
        }
    }

    fn fits(&self, segments: &[&str]) -> bool {
        self.segments.len() == segments.len()
            && self.segments.iter().zip(segments).all(|(expected, segment)| expected.fits(segment))
    }

    fn literals(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Literal(_))).count()
    }
}

impl Segment {
    fn fits(&self, segment: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == segment,
            Self::Snowflake => !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Any => !segment.is_empty(),
        }
    }
}

impl Operation {
    fn read(operation: &Value, pointer: &str) -> Self {
        let body = operation.get("requestBody").map(|body| {
            let schema = |media: &str| {
                body["content"].get(media)?.get("schema")?;
                Some(format!("{pointer}/requestBody/content/{}/schema", escape(media)))
            };
            RequestBody {
                required: body["required"] == true,
                json: schema("application/json"),
                multipart: schema("multipart/form-data"),
            }
        });
        Self { body }
    }
}
