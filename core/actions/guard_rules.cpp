// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/guard_rules.h"

#include "core/actions/guard_file.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {

namespace {

/// The directory of the file, locked until the descriptor is closed.
/// @param make  where it is not there; else a descriptor that is none
Result<UniqueFd> lockDirectory(const std::string& root, bool make) {
    const ConfigPlace place = guardPlace();
    const std::string path = root + place.directory;
    struct stat status {};
    if (make && mkdir(path.c_str(), 0755) == 0)
        chmod(path.c_str(), 0755); // whatever the umask: everybody may read what the machine is set to
    else if (!make && lstat(path.c_str(), &status) != 0 && errno == ENOENT)
        return UniqueFd();
    auto directory = openConfigDirectory(place, root);
    while (directory && flock(directory->get(), LOCK_EX) != 0)
        if (errno != EINTR)
            return failure(ErrorCode::SomeFailed,
                           Sentence::tr("{0} could not be opened: {1}.", place.directory, Errno{errno}));
    return directory;
}

auto ofUnit(std::vector<GuardRule>& rules, const std::string& unit) {
    return std::find_if(rules.begin(), rules.end(), [&](const GuardRule& one) { return one.unit == unit; });
}

/// In the place of the one of its unit, where there is one.
void put(std::vector<GuardRule>& rules, const GuardRule& rule) {
    if (const auto old = ofUnit(rules, rule.unit); old != rules.end())
        *old = rule;
    else
        rules.push_back(rule);
}

Result<std::optional<GuardRule>> ruleOf(const GuardProgram& program, const std::string& unit) {
    const auto states = program.rules();
    if (!states)
        return tl::unexpected(states.error());
    for (const GuardState& one : *states)
        if (one.rule.unit == unit)
            return one.rule;
    return std::nullopt;
}

/// Where nothing of the kind can be in the kernel, there is nothing to take back.
bool isAbsent(const Error& error) {
    return error.code == ErrorCode::NotSupported;
}

} // namespace

GuardList listedGuards(std::vector<GuardRule> kept, const Result<std::vector<GuardState>>& inKernel) {
    GuardList list;
    for (GuardRule& rule : kept)
        list.rules.push_back({std::move(rule), true, std::nullopt});
    if (!inKernel) {
        list.notInEffect = inKernel.error();
        return list;
    }
    for (const GuardState& state : *inKernel) {
        const auto its = std::find_if(list.rules.begin(), list.rules.end(),
                                      [&](const ListedGuard& one) { return one.rule == state.rule; });
        if (its != list.rules.end())
            its->counts = state.counts;
        else
            list.rules.push_back({state.rule, false, state.counts});
    }
    return list;
}

Result<std::optional<GuardRule>> GuardRules::setInKernel(const GuardRule& rule, const std::vector<GuardRule>& all) {
    auto program = GuardProgram::pinned(m_places);
    if (!program)
        return tl::unexpected(program.error());
    if (!*program)
        return GuardProgram::install(m_places, all).map([](const GuardProgram&) { return std::optional<GuardRule>(); });
    auto before = ruleOf(**program, rule.unit);
    if (!before)
        return before;
    if (auto done = (*program)->set(rule); !done)
        return tl::unexpected(done.error());
    return before;
}

Result<void> GuardRules::forgetAllInKernel() {
    const auto removed = GuardProgram::remove(m_places);
    if (!removed && !isAbsent(removed.error()))
        return tl::unexpected(removed.error());
    return {};
}

Result<std::optional<GuardRule>> GuardRules::forgetInKernel(const std::string& unit,
                                                            const std::vector<GuardRule>& rest) {
    auto program = GuardProgram::pinned(m_places);
    if (!program && isAbsent(program.error()))
        return std::nullopt;
    if (!program)
        return tl::unexpected(program.error());
    if (!*program) { // none, or one of another version, which would go on with what it has
        const auto removed = GuardProgram::remove(m_places);
        if (!removed)
            return tl::unexpected(removed.error());
        if (*removed && !rest.empty())
            if (auto installed = GuardProgram::install(m_places, rest); !installed)
                return tl::unexpected(installed.error());
        return std::nullopt;
    }
    auto before = ruleOf(**program, unit);
    if (!before || !*before)
        return before;
    if (auto done = (*program)->forget(unit); !done)
        return tl::unexpected(done.error());
    if (const auto left = (*program)->rules(); left && left->empty())
        if (auto removed = GuardProgram::remove(m_places); !removed)
            return tl::unexpected(removed.error());
    return before;
}

Result<void> GuardRules::set(const GuardRule& rule, bool persist) {
    if (auto checked = checkRule(rule); !checked)
        return checked;
    const auto lock = lockDirectory(m_root, true);
    if (!lock)
        return tl::unexpected(lock.error());
    auto rules = readGuardFile(m_root);
    if (!rules)
        return tl::unexpected(rules.error());
    put(*rules, rule);
    std::optional<ConfigFile> file;
    if (persist) {
        auto prepared = ConfigFile::prepare(guardPlace(), guardFileText(*rules), m_root);
        if (!prepared)
            return tl::unexpected(prepared.error());
        file.emplace(std::move(*prepared));
    }
    const auto before = setInKernel(rule, *rules);
    if (!before)
        return tl::unexpected(before.error());
    auto committed = file ? file->commit() : Result<void>();
    if (!committed && *before)
        setInKernel(**before, *rules);
    else if (!committed)
        forgetInKernel(rule.unit, {});
    return committed;
}

Result<bool> GuardRules::forget(const std::string& unit) {
    const auto lock = lockDirectory(m_root, false);
    if (!lock)
        return tl::unexpected(lock.error());
    auto rules = readGuardFile(m_root);
    if (!rules)
        return tl::unexpected(rules.error());
    const auto old = ofUnit(*rules, unit);
    const bool kept = old != rules->end();
    if (kept)
        rules->erase(old);
    std::optional<ConfigFile> file;
    if (kept && !rules->empty()) { // prepared first: a full disk is found before the kernel has forgotten
        auto prepared = ConfigFile::prepare(guardPlace(), guardFileText(*rules), m_root);
        if (!prepared)
            return tl::unexpected(prepared.error());
        file.emplace(std::move(*prepared));
    }
    const auto before = forgetInKernel(unit, *rules);
    if (!before)
        return tl::unexpected(before.error());
    if (!kept)
        return before->has_value();
    const Result<void> done = file ? file->commit() : removeConfigFile(guardPlace(), m_root).map([](bool) {});
    if (done)
        return true;
    if (*before) {
        put(*rules, **before);
        setInKernel(**before, *rules);
    }
    return tl::unexpected(done.error());
}

Result<void> GuardRules::forgetAll() {
    const auto lock = lockDirectory(m_root, false);
    if (!lock)
        return tl::unexpected(lock.error());
    if (auto done = forgetAllInKernel(); !done)
        return done;
    if (*lock)
        if (auto removed = removeConfigFile(guardPlace(), m_root); !removed)
            return tl::unexpected(removed.error());
    return {};
}

Result<std::size_t> GuardRules::restore() {
    const auto lock = lockDirectory(m_root, false);
    if (!lock)
        return tl::unexpected(lock.error());
    const auto rules = readGuardFile(m_root);
    if (!rules)
        return tl::unexpected(rules.error());
    if (rules->empty()) {
        if (auto done = forgetAllInKernel(); !done)
            return tl::unexpected(done.error());
    } else if (auto installed = GuardProgram::install(m_places, *rules); !installed) {
        return tl::unexpected(installed.error());
    }
    return rules->size();
}

Result<std::vector<GuardState>> GuardRules::inKernel() const {
    const auto program = GuardProgram::pinned(m_places);
    if (!program)
        return tl::unexpected(program.error());
    return *program ? (*program)->rules() : std::vector<GuardState>();
}

Result<GuardList> GuardRules::list() const {
    return readGuardFile(m_root).map(
        [this](std::vector<GuardRule> kept) { return listedGuards(std::move(kept), inKernel()); });
}

} // namespace halfopen
