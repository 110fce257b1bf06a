create table product (
  sku         varchar(64) not null,
  description varchar(256),
  price       decimal(10,2),
  primary key (sku)
);
