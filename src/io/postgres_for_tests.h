#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <pqxx/pqxx>
#include <string>

#include "io/temporary_folder.h"

namespace perennial {

/// For tests: a PostgreSQL of its own in a temporary folder, reached through a socket there, stopped when this object goes.
/// It refuses to run as root, which then steps down to the user postgres or nobody.
class PostgresForTests {
 public:
  PostgresForTests() {
    if (!std::filesystem::exists(programs + "initdb")) {
      absent_ = "PostgreSQL 15 is not installed in " + programs;
      return;
    }
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
    const auto data = (folder_ / "data").string();
    if (!run(programs + "initdb -D " + data + " -U tester --auth=trust --no-sync -E UTF8 --locale=C") ||
        !run(programs + "pg_ctl -D " + data + " -w -l " + data + "/log -o \"-k " + folder_.path().string() +
             " -c listen_addresses='' -c fsync=off\" start")) {
      absent_ = "PostgreSQL could not be started";
    }
  }
  ~PostgresForTests() {
    if (absent_.empty()) run(programs + "pg_ctl -D " + (folder_ / "data").string() + " -m immediate stop");
  }
  PostgresForTests(const PostgresForTests&) = delete;
  PostgresForTests& operator=(const PostgresForTests&) = delete;

  /// Why there is none; empty when it runs.
  const std::string& absent() const { return absent_; }

  /// With a password that nobody asks for, to see that it is never shown.
  std::string address() const {
    return "postgresql://tester:geheim77@/postgres?host=" + folder_.path().string();
  }

  void execute(const std::string& sql) const {
    pqxx::connection connection(address());
    pqxx::nontransaction(connection).exec(sql);
  }

 private:
  bool run(const std::string& command) const {
    std::string as;
    if (::getuid() == 0) as = "setpriv --reuid=$(id -u postgres 2>/dev/null || id -u nobody) --clear-groups ";
    const auto line = "cd " + folder_.path().string() + " && " + as + command + " >>commands.log 2>&1";
    return std::system(line.c_str()) == 0;
  }

  inline static const std::string programs = "/usr/lib/postgresql/15/bin/";
  TemporaryFolder folder_;
  std::string absent_;
};

/// One PostgreSQL for all tests of a suite; where there is none they are skipped.
class PostgresSuite : public testing::Test {
 protected:
  static void SetUpTestSuite() { postgres_ = new PostgresForTests; }
  static void TearDownTestSuite() {
    delete postgres_;
    postgres_ = nullptr;
  }
  void SetUp() override {
    if (!postgres_->absent().empty()) GTEST_SKIP() << postgres_->absent();
  }

  inline static PostgresForTests* postgres_ = nullptr;
};

}  // namespace perennial
