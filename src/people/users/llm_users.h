#pragma once

#include <memory>
#include <string>
#include <vector>

#include "people/users/user_model.h"
#include "people/users/user_questions.h"

namespace perennial {

/// Users who are language models: told their interests and the items' words (title, genre, tags, description), never an item's
/// quality, they say WATCH, SKIP or LEAVE, after which all that follows is skipped.
///
/// `slate`: one question per user and round, all in one batch. `paper`: two per item (a thought, then what is done), item by item
/// until LEAVE, as the papers do; each place's thoughts are one batch, and so are its answers. Where an answer was unclear twice,
/// a rule with its default settings answers for the slate, or for the item. The truth told to policies is the rule's, too.
class LlmUsers final : public UserModel {
 public:
  Fields fields() override;
  /// Throws Error(invalid_argument) without a model or for a fallback that is no other user model; for prompts see load_prompt.
  void start(const Users& people, std::size_t genres) override;
  /// Throws what Chat::ask and require_asking do.
  void respond(const ResponseRequest& request, std::span<std::uint8_t> clicked) override;
  void click_probability(const Users& people, std::span<double> probability) const override;
  void persist(Archive& archive) override;

 private:
  using Rows = std::vector<std::size_t>;

  ChatQuestion asked(ChatQuestion question) const;
  void respond_to_slates(const ResponseRequest& request, Asking& asking, std::span<std::uint8_t> clicked);
  void respond_item_by_item(const ResponseRequest& request, Asking& asking, std::span<std::uint8_t> clicked);
  std::vector<std::string> think(const ResponseRequest& request, Asking& asking, const Rows& rows,
                                 std::size_t place) const;
  Rows decide(const ResponseRequest& request, Asking& asking, const Rows& rows, std::size_t place,
              std::span<std::uint8_t> clicked);
  void leave_to_rule(const ResponseRequest& request, const Rows& rows, std::size_t place, std::size_t width,
                     std::span<std::uint8_t> clicked);

  std::string model_;
  std::string mode_ = "slate";
  std::string prompts_;
  std::string fallback_ = "interest";
  std::int64_t answer_tokens_ = 256;

  UserQuestions questions_;
  std::unique_ptr<UserModel> rule_;
};

}  // namespace perennial
