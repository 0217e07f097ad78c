// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/guard_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kMostText = 128UL * 1024; // of all rules that there can be
constexpr std::string_view kBlanks = " \t\r";

struct Part {
    std::string_view key;
    std::int32_t GuardRule::*field;
};
constexpr std::array<Part, 4> kParts{{{"idle=", &GuardRule::idle},
                                      {"interval=", &GuardRule::interval},
                                      {"probes=", &GuardRule::probes},
                                      {"user-timeout=", &GuardRule::userTimeout}}};

/// The first word, which is taken away; "": there is none.
std::string_view takeWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
    line.remove_prefix(word.size());
    return word;
}

bool takePart(std::string_view word, GuardRule& rule) {
    const auto* const part =
        std::find_if(kParts.begin(), kParts.end(), [&](const Part& one) { return word.starts_with(one.key); });
    if (part == kParts.end() || rule.*part->field != 0)
        return false;
    word.remove_prefix(part->key.size());
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), rule.*part->field);
    return error == std::errc() && end == word.data() + word.size();
}

std::optional<GuardRule> parseLine(std::string_view line) {
    GuardRule rule;
    rule.unit = unitCalled(takeWord(line)).value_or("");
    for (std::string_view word = takeWord(line); !word.empty(); word = takeWord(line))
        if (!takePart(word, rule))
            return std::nullopt;
    return checkRule(rule) ? std::optional(rule) : std::nullopt;
}

bool isAmong(const std::vector<GuardRule>& rules, const std::string& unit) {
    return std::any_of(rules.begin(), rules.end(), [&](const GuardRule& one) { return one.unit == unit; });
}

tl::unexpected<Error> notRead(int error) {
    const bool forbidden = error == EACCES || error == EPERM;
    return failure(forbidden ? ErrorCode::NotPermitted : ErrorCode::SomeFailed,
                   Sentence::tr("{0} could not be read: {1}.", guardPlace().path(), Errno{error}));
}

/// Only what root alone can write says what root's programs do.
Result<void> checkOwner(int fd, std::string_view path, mode_t kind) {
    struct stat status {};
    if (fstat(fd, &status) != 0)
        return notRead(errno);
    if ((status.st_mode & S_IFMT) == kind && status.st_uid == 0 && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return {};
    return failure(ErrorCode::NotPermitted,
                   Sentence::tr("{0} is not a plain one that root alone can write to, so it is not heeded.", path));
}

Result<std::string> textOf(int fd) {
    std::string text(kMostText, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = read(fd, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return notRead(errno);
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    text.resize(size);
    return text;
}

} // namespace

ConfigPlace guardPlace() {
    return {"/etc/halfopen", "guard.conf"};
}

std::string guardFileText(const std::vector<GuardRule>& rules) {
    std::string text = "# Kept by Halfopen; \"halfopenctl guard forget\" takes a rule back.\n";
    for (const GuardRule& rule : rules) {
        text += guardedName(rule.unit);
        for (const Part& part : kParts)
            if (rule.*part.field != 0)
                text += fmt::format(" {}{}", part.key, rule.*part.field);
        text += '\n';
    }
    return text;
}

Result<std::vector<GuardRule>> parseGuardFile(std::string_view text) {
    std::vector<GuardRule> rules;
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
        if (line.empty() || line.front() == '#')
            continue;
        auto rule = parseLine(line);
        if (!rule || isAmong(rules, rule->unit))
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("Line {0} of {1} is no rule, or one of a unit that has one already.", number,
                                        guardPlace().path()));
        rules.push_back(std::move(*rule));
    }
    return rules;
}

Result<std::vector<GuardRule>> readGuardFile(const std::string& root) {
    const ConfigPlace place = guardPlace();
    const UniqueFd directory(open((root + place.directory).c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory && errno == ENOENT)
        return std::vector<GuardRule>();
    if (!directory)
        return notRead(errno);
    if (auto checked = checkOwner(directory.get(), place.directory, S_IFDIR); !checked)
        return tl::unexpected(checked.error());
    // O_NONBLOCK: a FIFO in its place holds nobody up.
    const UniqueFd file(openat(directory.get(), place.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file && errno == ENOENT)
        return std::vector<GuardRule>();
    if (!file)
        return notRead(errno);
    if (auto checked = checkOwner(file.get(), place.path(), S_IFREG); !checked)
        return tl::unexpected(checked.error());
    const auto text = textOf(file.get());
    return text ? parseGuardFile(*text) : tl::unexpected(text.error());
}

} // namespace halfopen
