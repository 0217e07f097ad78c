// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/guard_program.h"

#include "core/kernel/bpf/guard_record.h"
#include "core/kernel/bpf/load_object.h"
#include "core/kernel/sysctl/config_file.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

// The bytes of guard.bpf.o.
extern "C" const unsigned char guard_object[], guard_object_end[];

namespace halfopen {

namespace {

constexpr const char* kRules = "guard_rules";
constexpr const char* kLongRules = "guard_long_rules";
constexpr const char* kLink = "guard_link";

tl::unexpected<Error> notDone(Sentence what, int error) {
    return failure(error == EPERM || error == EACCES ? ErrorCode::NotPermitted : ErrorCode::SomeFailed,
                   Sentence::tr("{0}: {1}.", std::move(what), Errno{error}));
}

bool isFileSystem(const std::string& path, long magic) {
    struct statfs status {};
    return statfs(path.c_str(), &status) == 0 &&
           static_cast<unsigned long>(status.f_type) == static_cast<unsigned long>(magic);
}

ConfigPlace pinsOf(const GuardPlaces& places) {
    return {places.bpffs + "/halfopen", kLink};
}

std::string nameBelow(const UniqueFd& directory, std::string_view name) {
    return fmt::format("/proc/self/fd/{}/{}", directory.get(), name);
}

Result<void> checkPlaces(const GuardPlaces& places) {
    if (places.cgroup.empty() || !isFileSystem(places.cgroup, CGROUP2_SUPER_MAGIC))
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("There is no cgroup2 file system here, by whose directories units are known."));
    if (access(places.bpffs.c_str(), X_OK) != 0 && errno == EACCES)
        return notDone(Sentence::tr("{0} could not be opened", places.bpffs), errno);
    if (!isFileSystem(places.bpffs, BPF_FS_MAGIC))
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("No BPF file system is mounted at {0}, where the guard is kept.", places.bpffs));
    return {};
}

/// @param make  where it is not there yet; else a descriptor that is none
Result<UniqueFd> openPins(const GuardPlaces& places, bool make) {
    if (auto checked = checkPlaces(places); !checked)
        return tl::unexpected(checked.error());
    const ConfigPlace pins = pinsOf(places);
    if (make && mkdir(pins.directory.c_str(), 0700) != 0 && errno != EEXIST)
        return notDone(Sentence::tr("{0} could not be prepared", pins.directory), errno);
    struct stat status {};
    if (!make && lstat(pins.directory.c_str(), &status) != 0 && errno == ENOENT)
        return UniqueFd();
    return openConfigDirectory(pins);
}

UniqueFd getPinned(const UniqueFd& directory, const char* name) {
    return UniqueFd(bpf_obj_get(nameBelow(directory, name).c_str()));
}

template <class Name>
bool isMapOf(const UniqueFd& map) {
    bpf_map_info info{};
    __u32 size = sizeof info;
    return map && bpf_obj_get_info_by_fd(map.get(), &info, &size) == 0 && info.type == BPF_MAP_TYPE_HASH &&
           info.key_size == sizeof(Name) && info.value_size == sizeof(guard_rule);
}

/// The id of a control group is the inode of its directory.
bool isLinkTo(int link, const std::string& cgroup) {
    struct stat status {};
    bpf_link_info info{};
    __u32 size = sizeof info;
    return stat(cgroup.c_str(), &status) == 0 && bpf_obj_get_info_by_fd(link, &info, &size) == 0 &&
           info.type == BPF_LINK_TYPE_CGROUP && info.cgroup.cgroup_id == status.st_ino;
}

bool isLong(const std::string& unit) {
    return unit.size() >= GUARD_NAME_SIZE;
}

template <class Name>
Name nameOf(const std::string& unit) {
    Name name{};
    std::memcpy(static_cast<char*>(name.text), unit.data(), std::min(unit.size(), sizeof name.text - 1));
    return name;
}

template <class Name>
std::string unitOf(const Name& name) {
    const char* const text = static_cast<const char*>(name.text);
    return {text, strnlen(text, sizeof name.text)};
}

template <class Name>
Result<void> put(const UniqueFd& map, const GuardRule& rule) {
    const auto name = nameOf<Name>(rule.unit);
    const guard_rule value{rule.idle, rule.interval, rule.probes, rule.userTimeout, 0, 0, 0, 0};
    if (bpf_map_update_elem(map.get(), &name, &value, BPF_ANY) == 0)
        return {};
    return notDone(Sentence::tr("The kernel did not take the rule"), errno);
}

/// @return whether there was one
template <class Name>
Result<bool> drop(const UniqueFd& map, const std::string& unit) {
    const auto name = nameOf<Name>(unit);
    if (bpf_map_delete_elem(map.get(), &name) == 0)
        return true;
    if (errno == ENOENT)
        return false;
    return notDone(Sentence::tr("The kernel did not forget the rule"), errno);
}

template <class Name>
void addAll(const UniqueFd& map, std::vector<GuardState>& to) {
    Name name{};
    const Name* before = nullptr;
    // Rules that come and go meanwhile can begin it anew: so it is bounded.
    for (int at = 0; at < GUARD_MOST_RULES && bpf_map_get_next_key(map.get(), before, &name) == 0; ++at) {
        before = &name;
        guard_rule value{};
        if (bpf_map_lookup_elem(map.get(), &name, &value) != 0)
            continue; // gone meanwhile
        to.push_back({{unitOf(name), value.idle, value.interval, value.probes, value.user_timeout},
                      {value.active, value.passive, value.asked, value.failed}});
    }
}

Result<BpfObject> load() {
    BpfObject object = openObject(guard_object, guard_object_end);
    const int failed = object ? bpf_object__load(object.get()) : -errno;
    if (failed == 0)
        return object;
    return tl::unexpected(loadError(
        -failed,
        Sentence::tr(
            "This kernel cannot run the program that guards connections (5.15 can, unless it is locked down): {0}.",
            Errno{-failed})));
}

UniqueFd mapOf(const BpfObject& object, const char* name) {
    return UniqueFd(fcntl(bpf_object__find_map_fd_by_name(object.get(), name), F_DUPFD_CLOEXEC, 3));
}

Result<BpfLink> attach(const BpfObject& object, const std::string& cgroup) {
    const UniqueFd directory(open(cgroup.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    bpf_program* const program = bpf_object__find_program_by_name(object.get(), "halfopen_guard");
    if (!directory || program == nullptr)
        return notDone(Sentence::tr("{0} could not be opened", cgroup), errno);
    BpfLink link(bpf_program__attach_cgroup(program, directory.get()));
    if (link)
        return link;
    if (errno == EPERM) // kernel/bpf/cgroup.c, hierarchy_allows_attach(): the rights were enough to load it
        return failure(ErrorCode::NotPermitted,
                       Sentence::tr("Another program is attached to {0} that suffers none beside it.", cgroup));
    return notDone(Sentence::tr("The guard could not be attached to {0}", cgroup), errno);
}

/// At once: a link that nobody has any more goes some time later only.
void detach(const UniqueFd& link) {
    if (link)
        bpf_link_detach(link.get());
}

/// Pins it beside the one of before, then puts it in its place. Source: kernel/bpf/inode.c, bpf_dir_iops (rename).
Result<void> pin(const UniqueFd& directory, int descriptor, const char* name) {
    const std::string before = fmt::format("{}_{}", name, getpid()); // a pin has no dot in its name
    unlinkat(directory.get(), before.c_str(), 0);
    if (bpf_obj_pin(descriptor, nameBelow(directory, before).c_str()) != 0)
        return notDone(Sentence::tr("The guard could not be kept"), errno);
    if (renameat(directory.get(), before.c_str(), directory.get(), name) == 0)
        return {};
    const int error = errno;
    unlinkat(directory.get(), before.c_str(), 0);
    return notDone(Sentence::tr("The guard could not be kept"), error);
}

} // namespace

Result<std::optional<GuardProgram>> GuardProgram::pinned(const GuardPlaces& places) {
    const auto directory = openPins(places, false);
    if (!directory)
        return tl::unexpected(directory.error());
    if (!*directory)
        return std::nullopt;
    UniqueFd rules = getPinned(*directory, kRules);
    if (!rules && errno != ENOENT)
        return notDone(Sentence::tr("{0} could not be opened", pinsOf(places).directory), errno);
    UniqueFd longRules = getPinned(*directory, kLongRules);
    const UniqueFd link = getPinned(*directory, kLink);
    if (!link || !isMapOf<guard_name>(rules) || !isMapOf<guard_long_name>(longRules) ||
        !isLinkTo(link.get(), places.cgroup))
        return std::nullopt;
    return GuardProgram(std::move(rules), std::move(longRules));
}

Result<GuardProgram> GuardProgram::install(const GuardPlaces& places, const std::vector<GuardRule>& rules) {
    const auto directory = openPins(places, true);
    if (!directory)
        return tl::unexpected(directory.error());
    const auto object = load();
    if (!object)
        return tl::unexpected(object.error());
    GuardProgram made(mapOf(*object, kRules), mapOf(*object, kLongRules));
    for (const GuardRule& rule : rules)
        if (auto done = made.set(rule); !done)
            return tl::unexpected(done.error());
    const auto link = attach(*object, places.cgroup);
    if (!link)
        return tl::unexpected(link.error());
    const UniqueFd linkBefore = getPinned(*directory, kLink);
    if (auto kept = made.pinWith(*directory, bpf_link__fd(link->get())); !kept)
        return tl::unexpected(kept.error());
    detach(linkBefore);
    return made;
}

/// The link last: without it nothing is in effect. Where that cannot be kept, the maps of the link that stays come
/// back.
Result<void> GuardProgram::pinWith(const UniqueFd& directory, int link) const {
    const UniqueFd rulesBefore = getPinned(directory, kRules);
    const UniqueFd longBefore = getPinned(directory, kLongRules);
    auto kept = pin(directory, m_rules.get(), kRules);
    if (kept)
        kept = pin(directory, m_longRules.get(), kLongRules);
    if (kept)
        kept = pin(directory, link, kLink);
    if (!kept && rulesBefore)
        pin(directory, rulesBefore.get(), kRules);
    if (!kept && longBefore)
        pin(directory, longBefore.get(), kLongRules);
    return kept;
}

Result<bool> GuardProgram::remove(const GuardPlaces& places) {
    const auto directory = openPins(places, false);
    if (!directory)
        return tl::unexpected(directory.error());
    if (!*directory)
        return false;
    const UniqueFd link = getPinned(*directory, kLink);
    const bool linked = unlinkat(directory->get(), kLink, 0) == 0;
    if (!linked && errno != ENOENT)
        return notDone(Sentence::tr("{0} could not be removed", pinsOf(places).path()), errno);
    detach(link);
    for (const char* const map : {kRules, kLongRules})
        unlinkat(directory->get(), map, 0);
    return linked; // the directory stays: it is what a helper that runs may write to
}

Result<void> GuardProgram::set(const GuardRule& rule) {
    if (auto checked = checkRule(rule); !checked)
        return checked;
    const auto there = rules();
    if (there && there->size() >= GUARD_MOST_RULES && // of both maps together
        std::none_of(there->begin(), there->end(), [&](const GuardState& one) { return one.rule.unit == rule.unit; }))
        return failure(ErrorCode::SomeFailed,
                       Sentence::tr("There are {0} rules already, and no more can be.", GUARD_MOST_RULES));
    return isLong(rule.unit) ? put<guard_long_name>(m_longRules, rule) : put<guard_name>(m_rules, rule);
}

Result<bool> GuardProgram::forget(const std::string& unit) {
    if (unit.size() > kMostGuardName)
        return false;
    return isLong(unit) ? drop<guard_long_name>(m_longRules, unit) : drop<guard_name>(m_rules, unit);
}

Result<std::vector<GuardState>> GuardProgram::rules() const {
    std::vector<GuardState> all;
    addAll<guard_name>(m_rules, all);
    addAll<guard_long_name>(m_longRules, all);
    std::sort(all.begin(), all.end(),
              [](const GuardState& one, const GuardState& other) { return one.rule.unit < other.rule.unit; });
    return all;
}

} // namespace halfopen
