// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/bus_values.h"

#include "core/text/unicode.h"

#include <cstddef>

namespace halfopen {
namespace {

std::string inUtf8(std::string_view text) {
    constexpr std::string_view kReplacement = "\xef\xbf\xbd"; // U+FFFD
    std::string valid;
    while (!text.empty()) {
        const CodePoint next = firstCodePoint(text);
        valid += next.value == CodePoint::kInvalid ? kReplacement : text.substr(0, next.length);
        text.remove_prefix(next.length);
    }
    return valid;
}

/// Opens a container, has it filled, and closes it.
template <class Fill>
int appendContainer(sd_bus_message* message, char type, const char* contents, Fill fill) {
    const int opened = sd_bus_message_open_container(message, type, contents);
    const int filled = opened < 0 ? opened : fill();
    return filled < 0 ? filled : sd_bus_message_close_container(message);
}

template <class Elements, class AppendOne>
int appendArray(sd_bus_message* message, const char* element, const Elements& elements, AppendOne appendOne) {
    return appendContainer(message, SD_BUS_TYPE_ARRAY, element, [&] {
        int done = 0;
        for (const auto& one : elements)
            if (done >= 0)
                done = appendOne(one);
        return done;
    });
}

int appendOwners(sd_bus_message* message, const std::vector<BusOwner>& owners) {
    return appendArray(message, "(us)", owners, [message](const BusOwner& owner) {
        return sd_bus_message_append(message, "(us)", owner.pid, inUtf8(owner.name).c_str());
    });
}

int appendSockets(sd_bus_message* message, const std::vector<SharedFd>& sockets) {
    return appendArray(message, "h", sockets, [message](const SharedFd& socket) {
        return sd_bus_message_append(message, "h", socket->get());
    });
}

int appendSysctls(sd_bus_message* message, const BusSysctls& values) {
    return appendArray(message, "{si}", values, [message](const BusSysctls::value_type& one) {
        return sd_bus_message_append(message, "{si}", one.first.c_str(), one.second);
    });
}

/// The elements of the arrays.
struct AppendElement {
    sd_bus_message* message;

    int operator()(const BusNetns& one) const {
        return sd_bus_message_append(message, "(ttt)", one.cookie, one.inode, one.procInode);
    }
    int operator()(const NetnsSockets& one) const {
        return appendContainer(message, SD_BUS_TYPE_STRUCT, "tahs", [&] {
            int done = sd_bus_message_append(message, "t", one.cookie);
            done = done < 0 ? done : appendSockets(message, one.sockets);
            return done < 0 ? done : append(message, one.error);
        });
    }
    int operator()(const BusSettings& one) const {
        return appendContainer(message, SD_BUS_TYPE_STRUCT, "ta{si}s", [&] {
            int done = sd_bus_message_append(message, "t", one.cookie);
            done = done < 0 ? done : appendSysctls(message, one.values);
            return done < 0 ? done : append(message, one.error);
        });
    }
    int operator()(const BusReading& one) const {
        const BusOptions& in = one.options;
        return appendContainer(message, SD_BUS_TYPE_STRUCT, "tiiiiuiiua(us)s", [&] {
            int done = sd_bus_message_append(message, "tiiiiuiiu", one.cookie, in.keepalive, in.idle, in.interval,
                                             in.probes, in.userTimeout, in.synCount, in.linger2, in.rtoMax);
            done = done < 0 ? done : appendOwners(message, one.owners);
            return done < 0 ? done : append(message, one.error);
        });
    }
    int operator()(const BusSetResult& one) const {
        const BusOptions& in = one.options;
        return sd_bus_message_append(message, "(tiiiiuiius)", one.cookie, in.keepalive, in.idle, in.interval, in.probes,
                                     in.userTimeout, in.synCount, in.linger2, in.rtoMax, inUtf8(one.error).c_str());
    }
    int operator()(const BusCloseResult& one) const {
        return sd_bus_message_append(message, "(ts)", one.cookie, inUtf8(one.error).c_str());
    }
    int operator()(const BusGuard& one) const {
        return sd_bus_message_append(message, "(siiiutttt)", inUtf8(one.unit).c_str(), one.idle, one.interval,
                                     one.probes, one.userTimeout, one.active, one.passive, one.asked, one.failed);
    }
};

struct AppendValue {
    sd_bus_message* message;

    int operator()(std::uint32_t number) const { return sd_bus_message_append(message, "u", number); }
    int operator()(std::uint64_t number) const { return sd_bus_message_append(message, "t", number); }
    int operator()(const std::vector<SharedFd>& list) const { return appendSockets(message, list); }
    int operator()(const SharedFd& descriptor) const { return sd_bus_message_append(message, "h", descriptor->get()); }
    int operator()(const KeepaliveDefaults& values) const {
        return sd_bus_message_append(message, "(iii)", values.time, values.interval, values.probes);
    }
    int operator()(const std::vector<BusNetns>& list) const { return array("(ttt)", list); }
    int operator()(const std::vector<NetnsSockets>& list) const { return array("(tahs)", list); }
    int operator()(const std::vector<BusSettings>& list) const { return array("(ta{si}s)", list); }
    int operator()(const std::vector<BusReading>& list) const { return array("(tiiiiuiiua(us)s)", list); }
    int operator()(const std::vector<BusSetResult>& list) const { return array("(tiiiiuiius)", list); }
    int operator()(const std::vector<BusCloseResult>& list) const { return array("(ts)", list); }
    int operator()(const std::vector<BusGuard>& list) const { return array("(siiiutttt)", list); }

private:
    template <class Element>
    int array(const char* element, const std::vector<Element>& list) const {
        return appendArray(message, element, list, AppendElement{message});
    }
};

/// Of a type that stands in memory as sd-bus reads it.
template <class Basic>
int readBasic(sd_bus_message* message, char type, Basic& value) {
    return sd_bus_message_read_basic(message, type, &value);
}

} // namespace

int append(sd_bus_message* message, const Answer& answer) {
    for (const BusValue& value : answer)
        if (const int done = std::visit(AppendValue{message}, value); done < 0)
            return done;
    return 0;
}

int append(sd_bus_message* message, const Details& details) {
    return appendArray(message, "{ss}", details, [message](const Details::value_type& one) {
        return sd_bus_message_append(message, "{ss}", one.first.c_str(), inUtf8(one.second).c_str());
    });
}

int append(sd_bus_message* message, std::string_view text) {
    return sd_bus_message_append(message, "s", inUtf8(text).c_str());
}

int read(sd_bus_message* message, std::uint64_t& number) {
    return readBasic(message, SD_BUS_TYPE_UINT64, number);
}

int read(sd_bus_message* message, std::uint32_t& number) {
    return readBasic(message, SD_BUS_TYPE_UINT32, number);
}

int read(sd_bus_message* message, std::int32_t& number) {
    return readBasic(message, SD_BUS_TYPE_INT32, number);
}

int read(sd_bus_message* message, bool& value) {
    int read = 0; // as sd-bus has it
    const int done = readBasic(message, SD_BUS_TYPE_BOOLEAN, read);
    value = read != 0;
    return done;
}

int read(sd_bus_message* message, std::string& text) {
    const char* read = "";
    const int done = readBasic(message, SD_BUS_TYPE_STRING, read);
    text = read;
    return done;
}

int read(sd_bus_message* message, std::vector<std::uint64_t>& numbers) {
    const void* read = nullptr;
    std::size_t bytes = 0;
    const int done = sd_bus_message_read_array(message, SD_BUS_TYPE_UINT64, &read, &bytes);
    const auto* first = static_cast<const std::uint64_t*>(read);
    if (done > 0)
        numbers.assign(first, first + bytes / sizeof *first);
    return done;
}

namespace {

/// One entry of a{sv}. @return 0: there is none left
int readEntry(sd_bus_message* message, Credentials& credentials) {
    const char* key = nullptr;
    int done = sd_bus_message_enter_container(message, SD_BUS_TYPE_DICT_ENTRY, "sv");
    if (done <= 0 || (done = sd_bus_message_read(message, "s", &key)) <= 0)
        return done;
    const std::string_view name(key);
    std::uint32_t number = 0;
    if (name != "UnixUserID" && name != "ProcessID")
        done = sd_bus_message_skip(message, "v");
    else if ((done = sd_bus_message_read(message, "v", "u", &number)) > 0)
        (name == "ProcessID" ? credentials.pid : credentials.uid.emplace()) = number;
    return done < 0 || (done = sd_bus_message_exit_container(message)) < 0 ? done : 1;
}

} // namespace

int read(sd_bus_message* message, Credentials& credentials) {
    int done = sd_bus_message_enter_container(message, SD_BUS_TYPE_ARRAY, "{sv}");
    while (done > 0)
        done = readEntry(message, credentials);
    return done < 0 ? done : sd_bus_message_exit_container(message);
}

} // namespace halfopen
