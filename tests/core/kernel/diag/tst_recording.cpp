// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"
#include "tests/core/kernel/diag/message_builder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>
#include <thread>

namespace halfopen {
namespace {

using namespace test;

ByteVector socketMessage(std::uint64_t cookie) {
    return message(SOCK_DIAG_BY_FAMILY, payload(socketHead(1, cookie), {attribute(INET_DIAG_INFO, ByteVector(280))}));
}

std::vector<Connection> connectionsOf(RecordingSource& source, std::vector<std::string>& notes) {
    CollectingSink sink;
    const auto summary = source.sample({}, sink);
    EXPECT_TRUE(summary);
    for (const Sentence& note : summary->notes)
        notes.push_back(inEnglish(note));
    return sink.connections;
}

class TemporaryFile {
public:
    TemporaryFile()
        : path(std::filesystem::temp_directory_path() / ("halfopen-recording-" + std::to_string(::getpid()))) {}
    ~TemporaryFile() { std::filesystem::remove(path); }
    std::filesystem::path path;
};

TEST(Recording, aDumpOfEachFamilyIsReadAsOne) {
    auto source = RecordingSource::parse(join({socketMessage(1), done(), socketMessage(2), done()}));
    ASSERT_TRUE(source);
    std::vector<std::string> notes;
    EXPECT_EQ(connectionsOf(**source, notes).size(), 2U);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_NE(notes[0].find("defaults are assumed"), std::string::npos);
}

TEST(Recording, truncationIsNamedAndLosesNothingBeforeIt) {
    auto bytes = join({socketMessage(1), socketMessage(2), done()});
    const std::size_t second = socketMessage(1).size();
    bytes.resize(second + 50);
    auto source = RecordingSource::parse(bytes);
    ASSERT_TRUE(source);
    std::vector<std::string> notes;
    EXPECT_EQ(connectionsOf(**source, notes).size(), 1U);
    EXPECT_NE(notes[0].find("damaged at byte " + std::to_string(second)), std::string::npos) << notes[0];
}

TEST(Recording, aPipeThatNobodyWritesToCanBeCalledOff) {
    const TemporaryFile pipe;
    ASSERT_EQ(::mkfifo(pipe.path.c_str(), 0600), 0);
    int asked = 0;
    const auto source = RecordingSource::open(pipe.path, [&](std::uintmax_t read, std::uintmax_t of) {
        EXPECT_EQ(read + of, 0U);
        return ++asked < 3;
    });
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::SomeFailed);
    EXPECT_EQ(asked, 3);
}

TEST(Recording, aSlowPipeIsReadToItsEnd) {
    const TemporaryFile pipe;
    ASSERT_EQ(::mkfifo(pipe.path.c_str(), 0600), 0);
    std::jthread writer([&] {
        std::ofstream to(pipe.path, std::ios::binary); // waits for the reader
        for (const auto& part : {socketMessage(1), socketMessage(2), done()})
            to.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size())).flush();
    });
    const auto source = RecordingSource::open(pipe.path);
    ASSERT_TRUE(source);
    std::vector<std::string> notes;
    EXPECT_EQ(connectionsOf(**source, notes).size(), 2U);
}

TEST(Recording, aLargeOneIsDecodedInPiecesAndCanBeCalledOffBetween) {
    const TemporaryFile file;
    ByteVector bytes;
    while (bytes.size() < (std::size_t{20} << 20))
        bytes = join({bytes, bytes.empty() ? socketMessage(1) : bytes});
    bytes = join({bytes, done()});
    std::ofstream(file.path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::vector<std::uintmax_t> counts;
    const auto source = RecordingSource::open(file.path, [&](std::uintmax_t read, std::uintmax_t of) {
        EXPECT_EQ(of, bytes.size());
        counts.push_back(read);
        return true;
    });
    ASSERT_TRUE(source);
    EXPECT_TRUE((*source)->notes().empty());
    EXPECT_EQ(counts.back(), bytes.size());
    ASSERT_GT(counts[counts.size() - 2], std::size_t{16} << 20); // the first piece
    const auto calls = counts.size();
    std::size_t asked = 0;
    const auto off = RecordingSource::open(file.path, [&](std::uintmax_t, std::uintmax_t) { return ++asked < calls; });
    ASSERT_FALSE(off);
    EXPECT_NE(inEnglish(off.error()).find("called off"), std::string::npos);
}

TEST(Recording, missingEndMarkIsSaid) {
    auto source = RecordingSource::parse(socketMessage(1));
    ASSERT_TRUE(source);
    EXPECT_NE(inEnglish((*source)->notes().at(0)).find("cut short"), std::string::npos);
}

TEST(Recording, whatIsNoRecordingIsRefused) {
    const ByteVector text(100, std::byte{'x'});
    EXPECT_EQ(RecordingSource::parse(text).error().code, ErrorCode::Unreadable);
    EXPECT_EQ(RecordingSource::parse(ByteVector{}).error().code, ErrorCode::Unreadable);
    EXPECT_EQ(RecordingSource::open("/nonexistent/file").error().code, ErrorCode::NotFound);
}

TEST(Recording, trailerBringsTickAndSettingsBack) {
    const TemporaryFile file;
    auto writer = RecordingWriter::create(file.path);
    ASSERT_TRUE(writer) << inEnglish(writer.error());
    writer->write(join({socketMessage(1), done()}));
    RecordingTrailer trailer{.host = "testhost", .kernel = "6.18", .taken = MonotonicTime(std::chrono::seconds(99))};
    trailer.clock = {.hz = 300, .offset = 4'294'892'296};
    trailer.sysctls.keepaliveTime = -7;
    trailer.netnsCookie = 0xfedcba9876543210;
    trailer.netnsName = "web";
    const std::uint32_t group = internCgroup(4711);
    trailer.units[group] = {"db.service", true, "podman", std::string(64, 'b'), "pod"};
    writer->endNetns(trailer);
    ASSERT_TRUE(writer->finish());

    auto source = RecordingSource::open(file.path);
    ASSERT_TRUE(source) << inEnglish(source.error());
    CollectingSink sink;
    const auto summary = (*source)->sample({.detailCookie = 1}, sink);
    ASSERT_TRUE(summary);
    EXPECT_TRUE(summary->notes.empty());
    EXPECT_EQ((*source)->machineFacts()->clock, trailer.clock);
    EXPECT_EQ((*source)->machineFacts()->sysctls, trailer.sysctls);
    EXPECT_EQ((*source)->machineFacts()->netnsCookie, trailer.netnsCookie);
    EXPECT_EQ((*source)->machineFacts()->netnsName, "web");
    EXPECT_EQ((*source)->machineFacts()->units, trailer.units);
    EXPECT_EQ(sink.connections.at(0).sampled, trailer.taken);
    EXPECT_EQ(summary->detail.size(), 280U);
}

TEST(Recording, eachNamespaceIsASourceOfItsOwn) {
    const TemporaryFile file;
    auto writer = RecordingWriter::create(file.path);
    ASSERT_TRUE(writer) << inEnglish(writer.error());
    for (std::uint64_t cookie = 1; cookie <= 3; ++cookie) {
        writer->write(join({socketMessage(static_cast<std::uint8_t>(cookie)), done()}));
        RecordingTrailer trailer{.taken = MonotonicTime(std::chrono::seconds(cookie))};
        trailer.netnsCookie = cookie;
        writer->endNetns(trailer);
    }
    ASSERT_TRUE(writer->finish());
    const auto first = RecordingSource::open(file.path);
    ASSERT_TRUE(first) << inEnglish(first.error());
    auto others = (*first)->takeOthers();
    ASSERT_EQ(others.size(), 2U);
    EXPECT_TRUE((*first)->takeOthers().empty()) << "they are handed over";
    std::uint64_t cookie = 0;
    for (Source* const source : {static_cast<Source*>(first->get()), others[0].get(), others[1].get()}) {
        ++cookie;
        CollectingSink sink;
        const auto summary = source->sample({.detailCookie = cookie}, sink);
        ASSERT_TRUE(summary);
        EXPECT_TRUE(summary->notes.empty());
        ASSERT_EQ(sink.connections.size(), 1U);
        EXPECT_EQ(sink.connections[0].cookie, cookie);
        EXPECT_EQ(sink.connections[0].sampled, MonotonicTime(std::chrono::seconds(cookie)));
        EXPECT_EQ(summary->detail.size(), 280U);
        EXPECT_EQ(source->machineFacts()->netnsCookie, cookie);
    }
}

TEST(Recording, ofADamagedNamespaceTheOthersAreRead) {
    const auto trailer = encodeTrailer({});
    auto bytes = join({socketMessage(1), done(), {trailer.begin(), trailer.end()}, socketMessage(2), socketMessage(3)});
    bytes.resize(bytes.size() - 50);
    const auto first = RecordingSource::parse(bytes);
    ASSERT_TRUE(first) << inEnglish(first.error());
    CollectingSink sink;
    ASSERT_TRUE((*first)->sample({}, sink));
    auto others = (*first)->takeOthers();
    ASSERT_EQ(others.size(), 1U);
    const auto summary = others[0]->sample({}, sink);
    ASSERT_TRUE(summary);
    EXPECT_EQ(sink.connections.size(), 2U);
    EXPECT_NE(inEnglish(summary->notes.at(0)).find("damaged at byte"), std::string::npos);
}

TEST(Recording, nothingAppearsUnderTheNameUntilItIsComplete) {
    const TemporaryFile file;
    {
        auto writer = RecordingWriter::create(file.path);
        ASSERT_TRUE(writer);
        writer->write(socketMessage(1));
        EXPECT_FALSE(std::filesystem::exists(file.path));
    }
    EXPECT_FALSE(std::filesystem::exists(file.path));
    for (const auto& entry : std::filesystem::directory_iterator(file.path.parent_path()))
        EXPECT_EQ(entry.path().string().find(file.path.string()), std::string::npos);
}

TEST(Recording, fullDiskIsToldWithTheName) {
    auto writer = RecordingWriter::create("/dev/full");
    ASSERT_TRUE(writer);
    writer->write(socketMessage(1));
    writer->endNetns({});
    const auto ok = writer->finish();
    ASSERT_FALSE(ok);
    EXPECT_NE(inEnglish(ok.error()).find("/dev/full"), std::string::npos);
    EXPECT_EQ(ok.error().code, ErrorCode::SomeFailed);
}

TEST(Recording, filterKeepsTheWantedSocketsAndTheEndMark) {
    const auto kept = filterBatch(join({socketMessage(1), socketMessage(2), done()}),
                                  [](const Connection& c) { return c.cookie == 2; });
    EXPECT_EQ(kept, join({socketMessage(2), done()}));
}

TEST(Recording, statesOfNewerKernelsAreNotHeldBack) {
    auto source = RecordingSource::parse(join({message(SOCK_DIAG_BY_FAMILY, payload(socketHead(200))), done()}));
    ASSERT_TRUE(source);
    std::vector<std::string> notes;
    EXPECT_EQ(connectionsOf(**source, notes).size(), 1U);
}

TEST(Recording, withoutTcpInfoItsAbsenceMeansNothing) {
    auto source = RecordingSource::parse(join({message(SOCK_DIAG_BY_FAMILY, payload(socketHead())), done()}));
    ASSERT_TRUE(source);
    std::vector<std::string> notes;
    EXPECT_FALSE(connectionsOf(**source, notes).at(0).infoRequested);
}

TEST(Recording, theOnesOfTheLaboratoryAreReadWhole) {
    struct Expected {
        const char* file;
        std::size_t sockets;
        bool info;
        std::size_t notes;
    };
    for (const Expected& expected :
         {Expected{"laboratory.dump", 23, true, 0}, Expected{"laboratory-ss.dump", 23, true, 1},
          Expected{"laboratory-ss-plain.dump", 23, false, 1}, Expected{"laboratory-mini.dump", 1, false, 0}}) {
        auto source = RecordingSource::open(std::filesystem::path(HALFOPEN_RECORDINGS) / expected.file);
        ASSERT_TRUE(source) << inEnglish(source.error());
        std::vector<std::string> notes;
        const auto connections = connectionsOf(**source, notes);
        EXPECT_EQ(connections.size(), expected.sockets) << expected.file;
        EXPECT_EQ(notes.size(), expected.notes) << expected.file;
        for (const Connection& c : connections)
            EXPECT_EQ(c.info.present(), expected.info && !c.isMini()) << expected.file;
    }
}

TEST(Recording, theLiveKernelsBatchesReplayToTheSameConnections) {
    auto live = NetlinkSource::open();
    ASSERT_TRUE(live) << inEnglish(live.error());
    ByteVector recorded;
    (*live)->setTap([&](const RawBatch& batch) {
        if (!batch.ofMptcp)
            recorded.insert(recorded.end(), batch.bytes.begin(), batch.bytes.end());
    });
    struct : CollectingSink {
        ByteVector* recorded = nullptr;
        void restart() override {
            CollectingSink::restart();
            recorded->clear();
        }
    } direct;
    direct.recorded = &recorded;
    ASSERT_TRUE((*live)->sample({}, direct));
    auto replay = RecordingSource::parse(recorded);
    ASSERT_TRUE(replay);
    std::vector<std::string> notes;
    const auto again = connectionsOf(**replay, notes);
    ASSERT_EQ(again.size(), direct.connections.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        EXPECT_EQ(again[i].cookie, direct.connections[i].cookie);
        EXPECT_EQ(again[i].info.length, direct.connections[i].info.length);
    }
}

} // namespace
} // namespace halfopen
