// SPDX-License-Identifier: GPL-3.0-or-later
// What halfopenctl says to people is in their language; what programs read never is.
#include "core/format/columns.h"
#include "core/model/condition.h"
#include "core/model/settings.h"
#include "core/model/state.h"
#include "tests/ctl/command.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

namespace halfopen {
namespace {

using namespace test;
using Words = std::vector<std::string>;
using Variables = std::vector<std::pair<const char*, const char*>>;

const Variables kChinese{{"LC_ALL", "zh_CN.UTF-8"}};

/// The variables of the language are these and no others. (That the locale is installed is not asked for.)
Setup in(Variables variables) {
    return {.inChild = [variables = std::move(variables)] {
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"})
            unsetenv(name);
        for (const auto& [name, value] : variables)
            setenv(name, value, 1);
    }};
}

/// None of its English is beyond ASCII.
bool isChinese(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

TEST(Language, isThatOfTheEnvironmentAsWithGettext) {
    const struct {
        Variables variables;
        bool chinese;
    } kCases[] = {
        {{}, false},
        {{{"LANG", "zh_CN.UTF-8"}}, true},
        {{{"LANG", "zh_CN.utf8"}}, true},
        {{{"LANG", "zh_CN"}}, true},
        {{{"LANG", "zh_CN.GB18030"}}, false}, // it would be shown as something else
        {{{"LANG", "zh_TW.UTF-8"}}, false},
        {{{"LANG", "de_DE.UTF-8"}}, false},
        {{{"LANG", "en_GB.UTF-8"}, {"LANGUAGE", "de:zh_CN:en"}}, true},
        {{{"LANG", "zh_CN.UTF-8"}, {"LANGUAGE", "en"}}, false},
        {{{"LANG", "zh_CN.UTF-8"}, {"LANGUAGE", "en_US:zh_CN"}}, false},
        {{{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "zh"}}, true},
        {{{"LANG", "C.UTF-8"}, {"LANGUAGE", "zh_CN"}}, false},
        {{{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "zh_CN.UTF-8"}}, true},
        {{{"LC_ALL", "C"}, {"LC_MESSAGES", "zh_CN.UTF-8"}, {"LANG", "zh_CN.UTF-8"}}, false},
        {{{"LC_ALL", "POSIX"}, {"LANG", "zh_CN.UTF-8"}}, false},
        {{{"LC_ALL", ""}, {"LANG", "zh_CN.UTF-8"}}, true},
    };
    for (const auto& [variables, chinese] : kCases) {
        std::string set;
        for (const auto& [name, value] : variables)
            set += fmt::format("{}={} ", name, value);
        const auto outcome = ctl({"--help"}, in(variables));
        EXPECT_EQ(outcome.exitCode, 0);
        EXPECT_EQ(isChinese(outcome.out), chinese) << set;
    }
}

std::string contentOf(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Runs of at least two letters and digits that begin with a Latin letter; what is joined by '-' or '_' is one.
std::vector<std::string> latinWords(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        word.resize(word.find_last_not_of("-_") + 1);
        if (word.size() > 1 && isLatin(word[0]))
            words.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        if (isLatin(c) || (c >= '0' && c <= '9') || (!word.empty() && (c == '-' || c == '_')))
            word += c;
        else
            end();
    }
    end();
    return words;
}

/// What is Latin in Chinese as well: the terms and names that stand in the translations, and what is told by its name.
std::set<std::string> allowedWords() {
    std::set<std::string> allowed{// of the terminal's tables and command lines
                                  "IPv4", "IPv6", "RTT", "ms", "pid", "halfopenctl",
                                  // of the laboratory
                                  "nginx", "sshd", "worker", "modbus", "curl", "firefox", "psql", "backup", "mysql",
                                  "ftp", "root", "init", "sh", "db8"};
    const std::string text = contentOf(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_zh_CN.ts");
    const std::size_t core = text.find("<name>Core</name>");
    const std::string_view messages = std::string_view(text).substr(core, text.find("</context>", core) - core);
    constexpr std::string_view kBegin = "<translation>", kEnd = "</translation>";
    for (std::size_t at = messages.find(kBegin); at != std::string_view::npos; at = messages.find(kBegin, at)) {
        const std::size_t end = messages.find(kEnd, at);
        at += kBegin.size();
        for (const std::string& word : latinWords(messages.substr(at, end - at)))
            allowed.insert(word);
    }
    for (std::size_t i = 0; i < 16; ++i)
        allowed.emplace(toString(static_cast<State>(i)));
    for (std::size_t i = 0; i < kConditionCount; ++i)
        allowed.emplace(toString(static_cast<Condition>(i)));
    for (const SettingInfo& info : allSettings())
        allowed.emplace(info.name);
    return allowed;
}

/// @param names  what else stands there by its name, with anything around it
void expectNoEnglish(const std::string& text, const std::string& where, const std::string& names = {}) {
    static const std::set<std::string> kAllowed = allowedWords();
    const auto own = latinWords(names);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        for (const std::string& word : latinWords(line))
            EXPECT_TRUE(kAllowed.contains(word) || std::ranges::find(own, word) != own.end())
                << '"' << word << "\" in " << where << ": " << line;
}

/// As --columns takes them.
std::string allColumns() {
    const std::string refusal = inEnglish(selectColumns("nonsense").error()); // names all there are
    std::string all;
    for (const char c : refusal.substr(refusal.find("are: ") + 5))
        if (isLatin(c) || c == ',')
            all += c;
    return all;
}

/// In a laboratory with a connection in every state; $H is the program, $D a directory of its own.
Outcome inChineseLab(const std::string& script) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("halfopenctl-zh-{}", getpid());
    std::filesystem::create_directories(folder);
    Outcome outcome =
        inLab({"sh", "-c", fmt::format("H='{}' D='{}'\n{}", kProgram, folder.string(), script)}, in(kChinese));
    std::filesystem::remove_all(folder);
    return outcome;
}

TEST(Language, tablesAreChineseAndTheirNotes) {
    // Of other namespaces come and go those of other tests, which are refused to a laboratory: their names are no
    // words.
    std::string script;
    for (const char* const command :
         {"list", "list --names", "list --no-owners", "list --group-by program", "list --group-by diagnosis",
          "list --group-by state", "list --group-by user", "list firfox", "summary", "watch --count 2",
          "watch --count 1 --group-by remote-host", "sysctl", "sysctl --all-netns 2>/dev/null | head -1"})
        script += fmt::format("$H {} || echo failed\n", command);
    const auto outcome = inChineseLab(script);
    EXPECT_GT(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 200);
    expectNoEnglish(outcome.out, "out");
    expectNoEnglish(outcome.err, "err", "firfox");
}

TEST(Language, everyColumnHasAChineseTitle) {
    const auto outcome = inChineseLab(fmt::format("$H list --columns {}", allColumns()));
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    expectNoEnglish(outcome.out, "list", "http https http-alt ssh rsync redis mysql postgresql ftp");
}

TEST(Language, everyConnectionIsExplainedInChinese) {
    const auto outcome = inChineseLab("for c in $($H list --columns cookie | tail -n +2); do $H show $c; done");
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_GT(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 150);
    expectNoEnglish(outcome.out, "show");
    expectNoEnglish(outcome.err, "show");
}

TEST(Language, whatIsDoneIsToldInChinese) {
    const auto outcome =
        inChineseLab("all=$($H list --columns cookie state established | tail -n +2)\n"
                     "$H record $D/before\n"
                     "$H set $($H list --columns cookie process:nginx state established | tail -n 1) --keepalive on "
                     "--idle 100 --interval 20 --probes 4 --user-timeout 20000\n"
                     "$H events > $D/events & events=$!\n"
                     "for c in $all; do\n" // until it has seen an end
                     "    $H close $c\n"
                     "    for i in 1 2 3 4 5 6 7 8 9 10; do grep -q ' 关闭  ' $D/events && break 2; sleep 0.1; done\n"
                     "done\n"
                     "kill $events; wait $events; cat $D/events\n"
                     "$H compare $D/before\n"
                     "$H sysctl set --time 600 --interval 30 --probes 5\n"
                     "$H guard cron.service --idle 60 --dry-run\n");
    expectNoEnglish(outcome.out, "out", "cron.service");
    expectNoEnglish(outcome.err, "err",
                    std::filesystem::temp_directory_path().string() +
                        fmt::format(" halfopenctl-zh-{} before", getpid()));
    for (const char* const said : {"已关闭 0x", " 关闭    ", "；定时器 ", "消失 ", "已生效：", "未作任何更改。"})
        EXPECT_NE(outcome.out.find(said), std::string::npos) << said << " in " << outcome.out << outcome.err;
}

TEST(Language, aDiagnosisIsFoundByWhatTheTableCallsIt) {
    const auto outcome = inChineseLab("$H list --columns cookie,diagnosis listening\n"
                                      "$H list --columns cookie,diagnosis 监听\n");
    const std::size_t half = outcome.out.size() / 2;
    EXPECT_GT(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 4);
    EXPECT_EQ(outcome.out.substr(0, half), outcome.out.substr(half)) << outcome.err;
}

TEST(Language, mistakesAreToldInChinese) {
    const Words kMistakes[] = {{},
                               {"lsit"},
                               {"list", "--nonsense"},
                               {"list", "--csv", "--columns", "state", "--group-by", "state"},
                               {"list", "--columns", "nonsense"},
                               {"list", "--group-by", "nonsense"},
                               {"list", "--source", "nonsense"},
                               {"list", "--netns"},
                               {"list", "--replay", "/nonsense"},
                               {"list", "("},
                               {"list", "dport"},
                               {"show"},
                               {"show", "nonsense"},
                               {"show", "0xfffffffffff"},
                               {"watch", "--count", "nonsense"},
                               {"watch", "--interval", "1ms"},
                               {"set", "0x1"},
                               {"set", "0x1", "--keepalive", "nonsense"},
                               {"close"},
                               {"close", "--filter", "nonsense"},
                               {"metrics", "--once"},
                               {"metrics", "--middlebox", "nonsense"},
                               {"sysctl", "set"},
                               {"sysctl", "set", "--time", "nonsense"},
                               {"guard"},
                               {"guard", "nonsense", "--idle", "60"},
                               {"guard", "--all"},
                               {"compare", "/nonsense"},
                               {"record", "/nonsense/at/all"},
                               {"lab", "--", "/nonsense"}};
    for (const Words& words : kMistakes) {
        const auto outcome = ctl(words, in(kChinese));
        std::string command;
        for (const std::string& word : words)
            command += word + ' ';
        EXPECT_NE(outcome.exitCode, 0) << command;
        EXPECT_TRUE(isChinese(outcome.err)) << command << ": " << outcome.err;
        expectNoEnglish(outcome.err, command, command + allColumns() + " on off host textfile COOKIE NAME");
    }
}

TEST(Language, helpIsChinese) {
    for (const Words& words : std::vector<Words>{{},
                                                 {"list"},
                                                 {"summary"},
                                                 {"watch"},
                                                 {"show"},
                                                 {"record"},
                                                 {"compare"},
                                                 {"events"},
                                                 {"set"},
                                                 {"close"},
                                                 {"sysctl"},
                                                 {"sysctl", "set"},
                                                 {"sysctl", "forget"},
                                                 {"guard"},
                                                 {"guard", "list"},
                                                 {"guard", "forget"},
                                                 {"guard", "restore"},
                                                 {"metrics"},
                                                 {"lab"}}) {
        Words asked = words;
        asked.push_back("--help");
        const auto outcome = ctl(asked, in(kChinese));
        EXPECT_EQ(outcome.exitCode, 0);
        std::istringstream lines(outcome.out);
        constexpr std::size_t kColumn = 30; // where descriptions begin
        for (std::string line; std::getline(lines, line);)
            if (!line.empty() && (line[0] != ' ' || line.find("  ", kColumn - 2) != std::string::npos)) {
                EXPECT_TRUE(isChinese(line)) << line;
            }
    }
}

TEST(Language, whatProgramsReadIsTheSameInEveryLanguage) {
    const std::string recording = HALFOPEN_SOURCE_DIR "/tests/recordings/laboratory.dump";
    const Words kCommands[] = {{"list", "--json", "--replay", recording},
                               {"list", "--csv", "--replay", recording},
                               {"list", "--csv", "--group-by", "state", "--replay", recording},
                               {"list", "--json", "--group-by", "diagnosis", "--replay", recording},
                               {"summary", "--json", "--replay", recording},
                               {"compare", "--json", recording, recording},
                               {"list", "--json", "--nonsense"},
                               {"list", "--json", "("},
                               {"show", "--json", "nonsense"},
                               {"guard", "--json", "nonsense"},
                               {"sysctl", "set", "--json"}};
    for (const Words& words : kCommands) {
        const auto english = ctl(words, in({{"LC_ALL", "C.UTF-8"}}));
        const auto chinese = ctl(words, in(kChinese));
        EXPECT_FALSE(english.out.empty() && english.err.empty()) << words[0];
        EXPECT_EQ(chinese.out, english.out) << words[0];
        if (english.err.starts_with('{')) {
            EXPECT_EQ(chinese.err, english.err);
        }
        EXPECT_EQ(chinese.exitCode, english.exitCode);
    }
}

/// What a Chinese table shows, and what its columns are called, finds the same as the language's own words.
TEST(Language, whatAChineseTableShowsIsFoundByIt) {
    const std::pair<const char*, const char*> kSame[] = {
        {"\u5173", "off or closing"}, // begins two
        {"\u5f00", "on"},
        {"\u6c38\u4e0d", "never"},
        {"\u91cd\u4f20", "timer:retransmit or next-probe:retransmission"},
        {"\u4fdd\u6d3b:\u5173", "keepalive:off"},
        {"\u4fdd\u6d3b:\u672a\u77e5", "keepalive:unknown"},
        {"\u7a7a\u95f2>10s", "idle>10s"},
        {"\u7a7a\u95f2 > 10 \u79d2", "idle>10s"},
        {"\u7a7a\u95f2\u226510\u79d2", "idle>=10s"},
        {"\u8bca\u65ad:\u65e0\u4fdd\u6d3b", "diagnosis:unguarded"},
        {"\u8bca\u65ad:\u65e0", "diagnosis:unguarded"},
        {"\u72b6\u6001:\u5df2\u5efa\u7acb", "state:established"},
        {"\u653e\u5f03\u65f6\u95f4:\u6c38\u4e0d", "gives-up:never"},
        {"\u63a5\u6536\u961f\u5217>0", "recvq>0"},
        {"\u53d1\u9001\u961f\u5217=0", "sendq=0"},
        {"\u672c\u5730 192.0.2.0/24", "src 192.0.2.0/24"},
        {"\u5df2\u53d1\u9001>0", "bytes-sent>0"},
        {"\u7528\u6237\u8d85\u65f6>0", "user-timeout>0"},
        {"\u670d\u52a1:https", "port:443"},
    };
    const std::string recording = HALFOPEN_SOURCE_DIR "/tests/recordings/laboratory.dump";
    const auto listed = [&](const char* filter, const Variables& variables) {
        const Outcome outcome =
            ctl({"list", "--replay", recording, "--csv", "--columns", "cookie", filter}, in(variables));
        EXPECT_EQ(outcome.exitCode, 0) << filter << ": " << outcome.err;
        return outcome.out;
    };
    for (const auto& [chinese, english] : kSame)
        EXPECT_EQ(listed(chinese, kChinese), listed(english, {})) << chinese << ", " << english;
}

} // namespace
} // namespace halfopen
