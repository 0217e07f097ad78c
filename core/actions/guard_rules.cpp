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

/// Where nothing of the kind can be in the kernel, there is nothing to take back.
bool isAbsent(const Error& error) {
    return error.code == ErrorCode::NotSupported;
}

} // namespace

Result<void> GuardRules::setInKernel(const GuardRule& rule, const std::vector<GuardRule>& all) {
    auto program = GuardProgram::pinned(m_places);
    if (!program)
        return tl::unexpected(program.error());
    if (*program)
        return (*program)->set(rule);
    if (auto installed = GuardProgram::install(m_places, all); !installed)
        return tl::unexpected(installed.error());
    return {};
}

Result<void> GuardRules::forgetInKernel(const std::string& unit, bool last) {
    Result<void> done;
    if (last) {
        if (auto removed = GuardProgram::remove(m_places); !removed)
            done = tl::unexpected(removed.error());
    } else if (auto program = GuardProgram::pinned(m_places); !program) {
        done = tl::unexpected(program.error());
    } else if (*program) {
        if (auto forgotten = (*program)->forget(unit); !forgotten)
            done = tl::unexpected(forgotten.error());
    }
    return !done && isAbsent(done.error()) ? Result<void>() : done;
}

Result<void> GuardRules::set(const GuardRule& rule) {
    if (auto checked = checkRule(rule); !checked)
        return checked;
    const auto lock = lockDirectory(m_root, true);
    if (!lock)
        return tl::unexpected(lock.error());
    auto rules = readGuardFile(m_root);
    if (!rules)
        return tl::unexpected(rules.error());
    const auto old = ofUnit(*rules, rule.unit);
    const std::optional<GuardRule> before = old == rules->end() ? std::nullopt : std::optional(*old);
    if (before)
        *old = rule;
    else
        rules->push_back(rule);
    auto file = ConfigFile::prepare(guardPlace(), guardFileText(*rules), m_root);
    if (!file)
        return tl::unexpected(file.error());
    if (auto done = setInKernel(rule, *rules); !done)
        return done;
    auto committed = file->commit();
    if (!committed && before)
        setInKernel(*before, *rules);
    else if (!committed)
        forgetInKernel(rule.unit, rules->size() == 1);
    return committed;
}

Result<bool> GuardRules::forget(const std::string& unit) {
    const auto lock = lockDirectory(m_root, false);
    if (!lock)
        return tl::unexpected(lock.error());
    if (!*lock)
        return false;
    auto rules = readGuardFile(m_root);
    if (!rules)
        return tl::unexpected(rules.error());
    const auto old = ofUnit(*rules, unit);
    if (old == rules->end())
        return false;
    const GuardRule before = *old;
    rules->erase(old);
    const bool last = rules->empty();
    std::optional<ConfigFile> file;
    if (!last) { // prepared first: a full disk is found before the kernel has forgotten
        auto prepared = ConfigFile::prepare(guardPlace(), guardFileText(*rules), m_root);
        if (!prepared)
            return tl::unexpected(prepared.error());
        file.emplace(std::move(*prepared));
    }
    if (auto done = forgetInKernel(unit, last); !done)
        return tl::unexpected(done.error());
    const Result<void> kept = file ? file->commit() : removeConfigFile(guardPlace(), m_root).map([](bool) {});
    if (kept)
        return true;
    rules->push_back(before);
    setInKernel(before, *rules);
    return tl::unexpected(kept.error());
}

Result<void> GuardRules::forgetAll() {
    const auto lock = lockDirectory(m_root, false);
    if (!lock)
        return tl::unexpected(lock.error());
    if (auto done = forgetInKernel({}, true); !done)
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
        if (auto done = forgetInKernel({}, true); !done)
            return tl::unexpected(done.error());
    } else if (auto installed = GuardProgram::install(m_places, *rules); !installed) {
        return tl::unexpected(installed.error());
    }
    return rules->size();
}

Result<GuardList> GuardRules::list() const {
    auto kept = readGuardFile(m_root);
    if (!kept)
        return tl::unexpected(kept.error());
    GuardList list;
    auto program = GuardProgram::pinned(m_places);
    Result<std::vector<GuardState>> live = std::vector<GuardState>();
    if (program && *program)
        live = (*program)->rules();
    if (!program || !live)
        list.notInEffect = program ? live.error() : program.error();
    for (GuardRule& rule : *kept)
        list.rules.push_back({std::move(rule), std::nullopt});
    if (!live)
        return list;
    for (const GuardState& state : *live) {
        const auto its = std::find_if(list.rules.begin(), list.rules.end(),
                                      [&](const ListedGuard& one) { return one.rule.unit == state.rule.unit; });
        if (its == list.rules.end())
            list.rules.push_back({state.rule, state.counts});
        else if (its->rule == state.rule)
            its->counts = state.counts;
    }
    return list;
}

} // namespace halfopen
