// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/system_guards.h"

#include "app/bus/bus_operations.h"
#include "core/actions/direct_guard_operations.h"
#include "core/kernel/process/unit_cgroups.h"

#include <utility>

namespace halfopen {

SystemGuards::SystemGuards(std::shared_ptr<BusOperations> helper, QObject* parent)
    : QObject(parent)
    , m_helper(std::move(helper)) {}

SystemGuards::~SystemGuards() = default;

template <class Work, class Answer>
void SystemGuards::inBackground(Work work, Answer done) {
    m_background.run([work = std::move(work), done = std::move(done)] {
        return Background::Result([done, result = work()]() mutable { done(std::move(result)); });
    });
}

RequestToken SystemGuards::setGuard(const GuardRule& rule, bool persist, Done<void> done) {
    if (m_helper)
        return m_helper->setGuard(rule, persist, std::move(done));
    inBackground([rule, persist] { return DirectGuardOperations().set(rule, persist); }, std::move(done));
    return 0;
}

RequestToken SystemGuards::forgetGuard(const std::string& unit, Done<void> done) {
    if (m_helper)
        return m_helper->forgetGuard(unit, std::move(done));
    inBackground([unit] { return DirectGuardOperations().forget(unit).map([](bool) {}); }, std::move(done));
    return 0;
}

RequestToken SystemGuards::listGuards(Done<GuardList> done) {
    if (m_helper)
        return m_helper->listGuards(std::move(done));
    inBackground([] { return GuardRules(machinesGuardPlaces()).list().map_error(toPrivilegeError); }, std::move(done));
    return 0;
}

void SystemGuards::cancel(RequestToken request) {
    if (m_helper)
        m_helper->cancel(request);
}

void SystemGuards::findPaths(std::vector<std::uint64_t> ids, std::function<void(GroupPaths)> done) {
    inBackground([ids = std::move(ids)] { return cgroupPaths(machinesGuardPlaces().cgroup, ids); }, std::move(done));
}

void SystemGuards::findGroups(std::string name, std::function<void(GuardedGroups)> done) {
    inBackground(
        [name = std::move(name)] {
            UnitCgroups found = findUnitCgroups(machinesGuardPlaces().cgroup, name);
            return GuardedGroups{std::move(found.ids), found.processes};
        },
        std::move(done));
}

} // namespace halfopen
