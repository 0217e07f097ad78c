// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/bus_errors.h"
#include "app/sdbus/sd_bus_pointers.h"
#include "core/model/privilege_error.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// A call to the helper.
struct HelperCall {
    const char* method;
    /// Appends the arguments. @return below 0 where that failed, as sd-bus(3) has it
    std::function<int(sd_bus_message*)> append;
    std::string command;      ///< does the same with sudo; empty where there is none
    bool interactive = false; ///< a dialog may be opened
};

/// The helper, asked over sd-bus(3): a call returns with its answer. There is no time limit, since a dialog may stay
/// open; where this process ends meanwhile it is off the bus, and the helper closes the dialog. The connection is made
/// by the first call, and anew where it has died since. For one thread.
class HelperBus {
public:
    /// @return the answer, to be read from its beginning; else what explain() says
    Outcome<SdBusMessage> call(const HelperCall& call);

private:
    bool connect();
    Outcome<SdBusMessage> ask(const HelperCall& call);
    SdBusMessage wait(sd_bus_message* message);

    SdBusPtr m_bus;
};

/// The values of an answer that is one list of them; any other is of another version.
/// @param element  the signature of one
/// @param read     above 0 when it has read one, 0 at the end, else below
template <class Value>
Outcome<std::vector<Value>> listOf(const SdBusMessage& answer, const std::string& element,
                                   int (*read)(sd_bus_message*, Value&)) {
    if (sd_bus_message_has_signature(answer.get(), ("a" + element).c_str()) <= 0 ||
        sd_bus_message_enter_container(answer.get(), SD_BUS_TYPE_ARRAY, element.c_str()) < 0)
        return otherVersion();
    std::vector<Value> values;
    for (;;) {
        Value value;
        const int there = read(answer.get(), value);
        if (there < 0)
            return otherVersion();
        if (there == 0)
            return values;
        values.push_back(std::move(value));
    }
}

} // namespace halfopen
