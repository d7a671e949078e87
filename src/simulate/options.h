#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "people/creators/activity_response.h"
#include "people/creators/skill.h"
#include "people/creators/trust.h"
#include "people/users/churn.h"
#include "platform/suggest/trust_predictor.h"

namespace perennial {

/// Which built-in plays a part, and the settings given to it.
struct Slot {
  std::string name;
  std::vector<std::pair<std::string, FieldValue>> settings;
};

/// Who arrives.
struct ArrivalOptions {
  std::string source = "fixed";
  double users = 0.5;
  double creators = 0.5;

  Fields fields();
};

/// Who leaves for good.
struct LeavingOptions {
  std::int64_t after = 10;
  std::int64_t warm_up = 10;

  Fields fields();
};

/// Newcomers among creators, and whether they come back after their first item.
struct JoiningOptions {
  double per_round = 0;
  double return_unseen = 0.15;
  double return_low = 0.22;
  double return_middle = 0.32;
  double return_high = 0.40;

  Fields fields();
};

/// Which genres creators made before round 1.
struct HomesOptions {
  std::string source = "world";
  std::string shares = "50/30/10/10";

  Fields fields();
};

/// What the ranker knows before round 1.
struct PastOptions {
  std::int64_t clicks_per_user = 10;
  std::int64_t negatives_per_click = 10;

  Fields fields();
};

/// The platform's slates and what it observes.
struct PlatformOptions {
  std::int64_t slate = 5;
  std::int64_t recency = 10;
  std::string observe = "coin";
  double discount = 0.98;
  std::int64_t rerank_from = 10;

  Fields fields();
};

/// Everything that defines a simulated platform but its policy, seed and length. Plain values.
struct SimulationOptions {
  std::string world = "youtube";
  std::int64_t users = 100;
  std::int64_t creators = 50;
  bool everyone = false;           ///< all people of an imported world instead of those two numbers
  std::string setting = "lockin";  ///< a label: the built-in whose values were applied first

  PlatformOptions platform;
  ArrivalOptions arrival;
  LeavingOptions leaving;
  JoiningOptions joining;
  HomesOptions homes;
  PastOptions past;
  Trust trust;
  Skill skill;
  ActivityResponse response;
  Churn churn;
  TrustPredictor trust_predictor;

  Slot recommender{"content", {}};
  Slot reranker{"none", {}};  ///< by name among rerankers.h, or "none"
  Slot incentive{"none", {}};
  Slot user_model{"interest", {}};
  Slot creator_model{"bounded", {}};
  std::vector<Slot> policies;  ///< settings given to policies by name, played or not
};

/// A key given by a file, a flag or a request, and where it stood ("run.toml:3", "--set").
struct Given {
  std::string place;
  std::string key;  ///< dotted: "trust.mean", "recommender.name", "policy.most-click.window"
  FieldValue value;
};

/// Applies keys in order (within the list, names of built-ins first; naming another built-in drops the settings of the
/// former). Throws Error(invalid_argument) with place, rule and nearest name; `other_tables` are names that the caller
/// would have taken.
void set_options(SimulationOptions& options, const std::vector<Given>& given,
                 const std::vector<std::string>& other_tables = {});

/// Applies a built-in setting by name, on top of `options`; throws Error(invalid_argument) with the nearest name.
void use_setting(SimulationOptions& options, std::string_view name);

/// Names and first comment lines of the built-in settings.
std::vector<std::pair<std::string, std::string>> built_in_settings();

/// The settings of a slot's built-in, after what was given to it.
struct SettingHelp {
  std::string key;
  FieldValue value;
  std::string help;
};

/// Every key with its effective value: what config.toml holds and --help lists. In a fixed order. Of policies only the
/// keys that were given: a trained one comes with settings of its own, which a default must not undo.
std::vector<SettingHelp> effective(const SimulationOptions& options);

}  // namespace perennial
