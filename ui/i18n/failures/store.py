"""The store: disk, database, key, files."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "storage": Text(
        "Không ghi được vào kho dữ liệu. Việc vừa rồi chưa được lưu.",
        "Thử lại; nếu vẫn lỗi, gọi bộ phận hỗ trợ kiểm tra ổ đĩa.",
        "The store could not be written. Nothing was saved.",
        "Try again; if it fails again, have the disk checked.",
    ),
    "storage.full": Text(
        "Ổ đĩa đã đầy. Việc vừa rồi chưa được lưu, dữ liệu cũ vẫn còn nguyên.",
        "Giải phóng chỗ trống trên ổ đĩa rồi làm lại.",
        "The disk is full. Nothing was saved; earlier data is intact.",
        "Free some space and do it again.",
    ),
    "storage.newer": Text(
        "Dữ liệu do phiên bản mới hơn tạo ra ({found}); phiên bản này chỉ hiểu đến {known}.",
        "Cài phiên bản Một Cửa mới nhất rồi mở lại. Dữ liệu chưa bị thay đổi.",
        "The data was made by a newer version ({found}); this one knows {known}.",
        "Install the newest version. The data was not changed.",
    ),
    "storage.key": Text(
        "Khóa của cơ quan không mở được kho dữ liệu này.",
        "Kiểm tra đúng thư mục dữ liệu và tệp khóa; không xóa gì cả.",
        "This office's key does not open the store.",
        "Check the data folder and the key file; delete nothing.",
    ),
    "storage.engine": Text(
        "Bộ máy SQLite {version} có thể làm mất dữ liệu nên không được dùng.",
        "Cài lại chương trình bằng make setup.",
        "SQLite {version} may lose data and is refused.",
        "Install the program again with make setup.",
    ),
    "storage.damaged": Text(
        "Một tệp trong kho giấy tờ bị thiếu hoặc hỏng ({file}).",
        "Không quét đè. Gọi bộ phận hỗ trợ khôi phục từ bản sao lưu.",
        "A stored file is missing or damaged ({file}).",
        "Do not scan over it; restore from a backup.",
    ),
    "storage.busy": Text(
        "Kho dữ liệu đang bận quá {seconds} giây. Việc vừa rồi chưa được lưu.",
        "Chờ một phút rồi làm lại; nếu vẫn bận, đóng các chương trình đang sao lưu dữ liệu.",
        "The store was busy for more than {seconds} seconds. Nothing was saved.",
        "Wait a minute and do it again; stop programs that copy the data.",
    ),
    "storage.login_refused": Text(
        "Máy chủ của văn phòng không nhận máy này.",
        "Ghép lại máy này bằng mã trên màn hình quầy. Nếu đây là máy quầy chính, xem lại tên và mật khẩu ở `database` "
        "trong config.toml.",
        "The office's server does not know this machine.",
        "Pair this machine again with the code on a desk's screen. At the main desk, check the name and password of "
        "`database` in config.toml.",
    ),
    "storage.offline": Text(
        "Không kết nối được với máy chủ dữ liệu của cơ quan. Việc vừa rồi chưa được lưu.",
        "Kiểm tra máy chủ và dây mạng nội bộ rồi làm lại; quầy lấy số vẫn hoạt động.",
        "The office's database server cannot be reached. Nothing was saved.",
        "Check the server and the local network, then do it again.",
    ),
    "storage.offline.no_database": Text(
        "Máy chủ dữ liệu đang chạy, nhưng chưa có cơ sở dữ liệu “{database}”.",
        "Tạo trên máy chủ: sudo -u postgres createdb -O motcua {database}; hoặc sửa `database` trong config.toml.",
        "The database server runs, but has no database “{database}”.",
        "Make it on the server: sudo -u postgres createdb -O motcua {database}; or mend `database` in config.toml.",
    ),
    "storage.offline.not_let_in": Text(
        "Máy chủ dữ liệu đang chạy, nhưng không cho máy này vào.",
        "Thêm dải địa chỉ của máy này vào pg_hba.conf trên máy chủ rồi nạp lại PostgreSQL (xem docs/stations.md).",
        "The database server runs, but does not let this machine in.",
        "Add this machine's addresses to pg_hba.conf on the server, reload PostgreSQL (docs/stations.md), do it again.",
    ),
    "storage.offline.no_login": Text(
        "Máy này không có tên đăng nhập vào dữ liệu của cơ quan cho việc này.",
        "Làm việc này ở máy quầy. Nếu đây là máy quầy, ghi tên và mật khẩu vào `database` trong config.toml.",
        "This machine has no login to the office's data for that.",
        "Do it at a desk. If this is one, write a name and password into `database` in config.toml.",
    ),
    "storage.io": Text(
        "Ổ đĩa báo lỗi khi đọc hoặc ghi. Việc vừa rồi chưa được lưu.",
        "Ngừng làm việc trên máy này, gọi bộ phận hỗ trợ kiểm tra ổ đĩa và bản sao lưu.",
        "The disk reported an error. Nothing was saved.",
        "Stop working on this PC; have the disk and the backups checked.",
    ),
    "storage.foreign": Text(
        "{file} không phải kho dữ liệu của Một Cửa.",
        "Chọn đúng thư mục hoặc cơ sở dữ liệu; tệp này chưa bị thay đổi.",
        "{file} is not a database of this program.",
        "Choose the right folder or database. It was not changed.",
    ),
    "storage.read_only": Text(
        "Không ghi được vào {folder}: thư mục bị khóa ghi, không đủ quyền, hoặc đó không phải thư mục. Chưa lưu gì.",
        "Mở khóa ghi hoặc cấp quyền cho tài khoản đang dùng; hoặc chọn thư mục dữ liệu khác bằng --data.",
        "{folder} cannot be written: it is locked, not permitted, or no folder. Nothing was saved.",
        "Unlock it or grant the right to write; or choose another data folder with --data.",
    ),
    "storage.network_folder": Text(
        "Thư mục {folder} nằm trên máy khác qua mạng ({kind}), dữ liệu ở đó có thể hỏng.",
        "Đặt dữ liệu trên ổ đĩa của máy này; muốn dùng chung nhiều máy thì dùng PostgreSQL.",
        "The folder {folder} is on another machine ({kind}), where data may be damaged.",
        "Keep the data on this PC's own disk; use PostgreSQL to share it.",
    ),
    "storage.key_missing": Text(
        "Có kho dữ liệu nhưng không thấy tệp khóa {file}.",
        "Chép lại tệp khóa của cơ quan từ nơi cất giữ; không tạo khóa mới, không xóa dữ liệu.",
        "There is a store, but its key file {file} is missing.",
        "Bring the office's key file back; make no new key and delete nothing.",
    ),
    "storage.key_file": Text(
        "Tệp khóa {file} bị hỏng.",
        "Chép lại tệp khóa của cơ quan từ nơi cất giữ.",
        "The key file {file} is damaged.",
        "Bring the office's key file back from its safe place.",
    ),
    "storage.conflict": Text(
        "Mục này đã có trong kho dữ liệu ({what}).",
        "Mở mục đã có để xem; không nhập lại.",
        "This exists in the store already ({what}).",
        "Look at the existing one.",
    ),
    "storage.no_postgres": Text(
        "Máy này chưa cài máy chủ PostgreSQL.",
        "Cài gói postgresql, hoặc chỉ ra một cơ sở dữ liệu trống bằng --url.",
        "PostgreSQL's server is not installed on this machine.",
        "Install it, or name an empty database with --url.",
    ),
    "storage.no_right": Text(
        "Tài khoản của máy này không có quyền làm việc đó trong cơ sở dữ liệu của cơ quan.",
        "Làm việc này ở máy quầy. Nếu đây là máy quầy, gọi người quản trị xem lại quyền của tài khoản.",
        "This station's login may not do that in the office's database.",
        "Do it at a desk; if this is one, have the login's rights checked.",
    ),
    "storage.older": Text(
        "Cơ sở dữ liệu của cơ quan còn ở phiên bản cũ ({found}); chương trình ở máy này cần {known}.",
        "Mở chương trình mới ở máy quầy chính trước: nó tự nâng cấp dữ liệu. Sau đó mở lại máy này.",
        "The office's database is of an older version ({found}); this program needs {known}.",
        "Open the new program at the main desk first, which brings the data up to date.",
    ),
    "storage.no_role_power": Text(
        "Tài khoản cơ sở dữ liệu {login} chưa được phép tạo tài khoản cho các máy.",
        "Làm việc này ở máy quầy chính, hoặc nhờ người quản trị PostgreSQL chạy một lần: {sql}",
        "The database login {login} may not make logins for stations.",
        "Do it at the main desk, or have the PostgreSQL administrator run once: {sql}",
    ),
    "storage.address": Text(
        "Không đọc được địa chỉ máy chủ cơ sở dữ liệu trong config.toml.",
        "Ghi dạng postgresql://tên:mật-khẩu@máy:cổng/cơ-sở-dữ-liệu; trong mật khẩu, thay @ bằng %40, / bằng %2F.",
        "The address of the database server in config.toml cannot be read.",
        "Write postgresql://name:password@host:port/database; in a password write @ as %40 and / as %2F.",
    ),
}
