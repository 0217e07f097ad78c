// SPDX-License-Identifier: GPL-3.0-or-later
// Whether each field that the BPF programs read lies in a kernel's structures where they look for it, and is of the
// type that they take it for: of this kernel, and of those whose BTF (raw, or in an ELF file) HALFOPEN_BTF names, with
// colons between them. A new kernel that has moved one is told here, before it reads as nothing.
#include "core/kernel/bpf/load_object.h"

#include <bpf/btf.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

extern "C" const unsigned char sockets_object[], sockets_object_end[], change_object[], change_object_end[],
    guard_object[], guard_object_end[];

namespace halfopen {
namespace {

using testing::IsEmpty;

struct FreeTypes {
    void operator()(btf* types) const { btf__free(types); }
};
using Types = std::unique_ptr<btf, FreeTypes>;

/// Fields that some kernels have not, as the programs know (bpf_core_field_exists()); of each line one has to be there.
const std::vector<std::vector<std::string>> kOneOf{
    {"sock.sk_timer", "inet_connection_sock.icsk_keepalive_timer"},
    {"inet_connection_sock.icsk_retransmit_timer", "sock.tcp_retransmit_timer"},
    {"kernfs_node.parent", "kernfs_node.__parent"},
    {"inet_sock.inet_flags", "inet_sock.recverr"},
    {"inet_sock.inet_flags", "inet_sock.defer_connect"},
};
/// What is not told where it is missing: by kernels that have not got it yet, or were built without it.
const std::set<std::string> kMayBeMissing{
    "inet_connection_sock.icsk_timeout", // till 6.16
    "inet_connection_sock.icsk_rto_max",
    "inet_connection_sock.icsk_probes_tstamp",
    "sock.sk_ino",
    "sock.sk_bpf_storage",
    "tcp_sock.rto_stamp",
    "tcp_sock.total_rto_time",
    "tcp_sock.total_rto",
    "tcp_sock.total_rto_recoveries",
    "tcp_sock.tcp_usec_ts",
    "tcp_sock.is_mptcp",
    "tcp_sock.md5sig_info",
    "mptcp_subflow_context.conn",
    "mptcp_sock.token",
};

/// Names of types and members without what stands behind three underscores.
std::string plain(std::string_view name) {
    return std::string(name.substr(0, name.find("___")));
}

/// Without typedef, const and volatile.
const btf_type* resolved(const btf* types, __u32 id) {
    const btf_type* type = btf__type_by_id(types, id);
    while (type && (btf_is_mod(type) || btf_is_typedef(type)))
        type = btf__type_by_id(types, type->type);
    return type;
}

std::string nameOf(const btf* types, const btf_type* type) {
    return plain(btf__name_by_offset(types, type->name_off));
}

struct Member {
    __u32 type = 0;
    bool isBits = false;
};
using Members = std::map<std::string, Member>;

/// Those of unnamed structures and unions inside it included.
void addMembers(const btf* types, const btf_type* of, Members& members) {
    for (int at = 0; at < btf_vlen(of); ++at) {
        const btf_member& one = btf_members(of)[at];
        const std::string name = btf__name_by_offset(types, one.name_off);
        if (!name.empty())
            members.emplace(name, Member{one.type, btf_member_bitfield_size(of, static_cast<__u32>(at)) != 0});
        else if (const btf_type* inside = resolved(types, one.type); inside && btf_is_composite(inside))
            addMembers(types, inside, members);
    }
}

/// The largest of that name, for what is only declared has no members.
const btf_type* composite(const btf* types, const std::string& name) {
    const btf_type* found = nullptr;
    for (__u32 id = 1; id < btf__type_cnt(types); ++id) {
        const btf_type* const type = btf__type_by_id(types, id);
        if (btf_is_composite(type) && btf_vlen(type) > 0 && btf__name_by_offset(types, type->name_off) == name)
            found = type;
    }
    return found;
}

std::string shapeOf(const btf* types, __u32 id) {
    const btf_type* const type = resolved(types, id);
    if (type == nullptr || btf_is_void(type))
        return "void";
    if (btf_is_int(type))
        return fmt::format("a number of {} bytes", type->size);
    if (btf_is_any_enum(type))
        return fmt::format("a number of {} bytes", type->size);
    if (btf_is_ptr(type))
        return "a pointer";
    if (btf_is_array(type))
        return "array of " + shapeOf(types, btf_array(type)->type);
    return nameOf(types, type).empty() ? "struct" : "struct " + nameOf(types, type);
}

/// What a program takes from a kernel and would not find there, or find to be something else.
class Comparison {
public:
    Comparison(const btf* kernel, const btf* ours)
        : m_kernel(kernel)
        , m_ours(ours) {}

    std::vector<std::string> wrong() {
        for (__u32 id = 1; id < btf__type_cnt(m_ours); ++id) {
            const btf_type* const type = btf__type_by_id(m_ours, id);
            const std::string name = nameOf(m_ours, type);
            if (btf_is_composite(type) && !name.empty() && isOfTheKernel(name))
                compare(name, type, composite(m_kernel, name));
        }
        for (const auto& alternatives : kOneOf)
            compareAlternatives(alternatives);
        return std::move(m_wrong);
    }

private:
    /// The others are the programs' own, or the contract with user space.
    static bool isOfTheKernel(const std::string& name) {
        return !name.starts_with("exact_") && !name.starts_with("change_") && !name.starts_with("guard_") &&
               !name.starts_with("bpf_sock") && !name.starts_with("bpf_dynptr");
    }
    static bool hasAlternative(const std::string& field) {
        return std::ranges::any_of(kOneOf,
                                   [&](const auto& some) { return std::ranges::find(some, field) != some.end(); });
    }

    void compare(const std::string& name, const btf_type* ours, const btf_type* theirs) {
        Members wanted;
        addMembers(m_ours, ours, wanted);
        Members had;
        if (theirs)
            addMembers(m_kernel, theirs, had);
        // A program may have a field in the types it shares with others, and neither read it nor know its other place.
        for (const auto& [member, its] : had)
            if (const std::string field = name + "." + member; hasAlternative(field))
                m_there.insert(field);
        for (const auto& [member, its] : wanted) {
            const std::string field = name + "." + member;
            m_used.insert(field);
            const auto found = had.find(member);
            if (found != had.end())
                compareTypes(field, its, found->second);
            else if (!kMayBeMissing.contains(field) && !hasAlternative(field))
                m_wrong.push_back(field + " is not there");
            if (found != had.end())
                m_there.insert(field);
        }
    }
    /// Bits are read by their place and number, whatever those are.
    void compareTypes(const std::string& field, const Member& ours, const Member& theirs) {
        const std::string wanted = shapeOf(m_ours, ours.type);
        const std::string had = shapeOf(m_kernel, theirs.type);
        const bool bits = ours.isBits && (theirs.isBits || had.starts_with("a number"));
        if (!bits && (ours.isBits || theirs.isBits || wanted != had))
            m_wrong.push_back(
                fmt::format("{} is {}{}, not {}", field, theirs.isBits ? "some bits of " : "", had, wanted));
    }
    void compareAlternatives(const std::vector<std::string>& alternatives) {
        const auto is = [](const std::set<std::string>& of) {
            return [&of](const std::string& field) { return of.contains(field); };
        };
        if (std::ranges::any_of(alternatives, is(m_used)) && std::ranges::none_of(alternatives, is(m_there)))
            m_wrong.push_back(fmt::format("none of {} is there", fmt::join(alternatives, ", ")));
    }

    const btf* m_kernel;
    const btf* m_ours;
    std::set<std::string> m_used, m_there;
    std::vector<std::string> m_wrong;
};

/// In an enumeration of whatever name.
bool hasValue(const btf* types, const std::string& name, std::int64_t value) {
    for (__u32 id = 1; id < btf__type_cnt(types); ++id) {
        const btf_type* const type = btf__type_by_id(types, id);
        for (int at = 0; btf_is_enum(type) && at < btf_vlen(type); ++at)
            if (const struct btf_enum& one = btf_enum(type)[at]; btf__name_by_offset(types, one.name_off) == name)
                return value < 0 || one.val == value;
    }
    return false;
}

/// "inet_sock_set_state(sock, number, number)": what a tracepoint hands to a program.
std::string tracepoint(const btf* types, const std::string& name) {
    const __s32 id = btf__find_by_name_kind(types, ("btf_trace_" + name).c_str(), BTF_KIND_TYPEDEF);
    const btf_type* type = id > 0 ? resolved(types, btf__type_by_id(types, static_cast<__u32>(id))->type) : nullptr;
    type = type && btf_is_ptr(type) ? resolved(types, type->type) : nullptr;
    if (!type || !btf_is_func_proto(type))
        return "none";
    std::vector<std::string> arguments;
    for (int at = 1; at < btf_vlen(type); ++at) { // before it the tracepoint's own
        const btf_type* const one = resolved(types, btf_params(type)[at].type);
        arguments.push_back(btf_is_ptr(one) ? nameOf(types, resolved(types, one->type)) : "number");
    }
    return fmt::format("{}({})", name, fmt::join(arguments, ", "));
}

std::vector<std::string> wrongIn(const btf* kernel) {
    std::vector<std::string> all;
    for (const auto& [first, end] : {std::pair{&sockets_object[0], &sockets_object_end[0]},
                                     {&change_object[0], &change_object_end[0]},
                                     {&guard_object[0], &guard_object_end[0]}}) {
        const BpfObject object = openObject(first, end);
        const auto wrong = Comparison(kernel, bpf_object__btf(object.get())).wrong();
        all.insert(all.end(), wrong.begin(), wrong.end());
    }
    for (const char* flag : {"SOCK_DEAD", "SOCK_KEEPOPEN", "SOCK_LINGER"}) // by name, whatever their value
        if (!hasValue(kernel, flag, -1))
            all.push_back(std::string(flag) + " is not there");
    if (hasValue(kernel, "INET_FLAGS_RECVERR", -1)) // since 6.6, by number
        for (const auto& [name, value] : {std::pair{"INET_FLAGS_RECVERR", 9}, {"INET_FLAGS_DEFER_CONNECT", 19}})
            if (!hasValue(kernel, name, value))
                all.push_back(fmt::format("{} is not {}", name, value));
    for (const char* known : {"inet_sock_set_state(sock, number, number)", "tcp_destroy_sock(sock)"})
        if (const std::string name(known, std::string_view(known).find('(')); tracepoint(kernel, name) != known)
            all.push_back(fmt::format("{} is {}", known, tracepoint(kernel, name)));
    return all;
}

Types typesIn(const std::string& file) {
    btf* const types = btf__parse(file.c_str(), nullptr);
    return Types(libbpf_get_error(types) == 0 ? types : nullptr);
}

TEST(KernelTypes, eachFieldIsWhereThisKernelHasIt) {
    const Types kernel = typesIn("/sys/kernel/btf/vmlinux");
    if (!kernel)
        GTEST_SKIP() << "this kernel has no BTF";
    EXPECT_THAT(wrongIn(kernel.get()), IsEmpty());
}

TEST(KernelTypes, andOtherKernelsThatAreNamed) {
    const char* const files = std::getenv("HALFOPEN_BTF");
    if (!files)
        GTEST_SKIP() << "HALFOPEN_BTF names none";
    std::istringstream list(files);
    for (std::string file; std::getline(list, file, ':');) {
        const Types kernel = typesIn(file);
        ASSERT_TRUE(kernel) << file;
        EXPECT_THAT(wrongIn(kernel.get()), IsEmpty()) << file;
    }
}

/// Kernels that are made up of our own types, and wrong in one place.
class MadeUp : public testing::Test {
protected:
    MadeUp() {
        object = openObject(sockets_object, sockets_object_end);
        ours = bpf_object__btf(object.get());
        number4 = btf__add_int(kernel.get(), "int", 4, 0);
        number8 = btf__add_int(kernel.get(), "long", 8, 0);
    }
    void addStruct(const char* name, const std::vector<std::pair<const char*, int>>& members) const {
        btf__add_struct(kernel.get(), name, 64);
        for (const auto& [member, type] : members)
            btf__add_field(kernel.get(), member, type, 0, 0);
    }
    std::vector<std::string> wrong() const { return Comparison(kernel.get(), ours).wrong(); }

    BpfObject object;
    const btf* ours = nullptr;
    Types kernel{btf__new_empty()};
    int number4 = 0, number8 = 0;
};

TEST_F(MadeUp, aFieldThatIsMissingIsTold) {
    addStruct("seq_file", {{"size", number8}});
    addStruct("mptcp_sock", {{"other", number4}});
    EXPECT_THAT(wrong(), testing::Contains("tcp_sock.keepalive_time is not there"));
    EXPECT_THAT(wrong(), testing::Not(testing::Contains("mptcp_sock.token is not there"))) << "a kernel without MPTCP";
}

TEST_F(MadeUp, aFieldOfAnotherTypeIsTold) {
    addStruct("tcp_sock", {{"keepalive_time", number8}, {"keepalive_intvl", number4}});
    EXPECT_THAT(wrong(), testing::Contains("tcp_sock.keepalive_time is a number of 8 bytes, not a number of 4 bytes"));
    EXPECT_THAT(wrong(), testing::Not(testing::Contains(testing::HasSubstr("keepalive_intvl"))));
}

TEST_F(MadeUp, oneOfTwoPlacesHasToBeThere) {
    const std::string told = "none of sock.sk_timer, inet_connection_sock.icsk_keepalive_timer is there";
    EXPECT_THAT(wrong(), testing::Contains(told));
    const int timer = btf__add_struct(kernel.get(), "timer_list", 64);
    addStruct("inet_connection_sock", {{"icsk_keepalive_timer", timer}});
    EXPECT_THAT(wrong(), testing::Not(testing::Contains(told)));
}

TEST_F(MadeUp, tracepointsAreToldByWhatTheyHandOver) {
    EXPECT_EQ(tracepoint(kernel.get(), "tcp_destroy_sock"), "none");
}

} // namespace
} // namespace halfopen
