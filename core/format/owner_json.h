// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/owner.h"
#include "core/text/json_writer.h"

#include <vector>

namespace halfopen {

/// Unit and container as the JSON contract has them: two members, null where there is none. @param unit  may be null
inline void putUnit(JsonWriter& json, const ProcessUnit* unit) {
    if (!unit || unit->unit.empty())
        json.put("unit", nullptr);
    else
        json.object("unit", [&] {
            json.put("name", unit->unit);
            json.put("user", unit->user);
        });
    if (!unit || unit->container.empty())
        json.put("container", nullptr);
    else
        json.object("container", [&] {
            json.put("runtime", unit->runtime);
            json.put("id", unit->container);
            json.putName("pod", unit->pod);
        });
}

/// The owners of a socket as the JSON contract has them, as elements of an array: pid, name, fd, unit and container.
inline void putOwners(JsonWriter& json, const std::vector<Owner>& owners) {
    for (const Owner& owner : owners) {
        json.object([&] {
            json.put("pid", owner.pid);
            json.put("name", owner.name);
            json.putIf("fd", owner.fd >= 0, owner.fd);
            putUnit(json, owner.unit.get());
        });
    }
}

} // namespace halfopen
